package org.mlgenn.serialisers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.serialisers.NumpyTest.assertFails;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void replacesTheOldFile() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write('1'));
    AtomicFile.write(file, out -> out.write('2'));

    assertEquals("2", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void failureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");

    assertFails(
        file + ": cannot be written: No space left on device",
        () -> AtomicFile.write(file, AtomicFileTest::runOutOfSpace));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void errorOfTheContentLeavesNothing() throws IOException {
    Path file = folder.resolve("a.txt");

    assertThrows(
        ArithmeticException.class,
        () ->
            AtomicFile.write(
                file,
                _ -> {
                  throw new ArithmeticException();
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void missingFolderIsReported() {
    Path file = folder.resolve("none").resolve("a.txt");

    assertFails(
        "%s: cannot be written: there is no folder %s".formatted(file, file.getParent()),
        () -> AtomicFile.write(file, out -> out.write('1')));
  }

  @Test
  void folderInPlaceOfTheFileIsReported() {
    assertFails(
        folder + ": cannot be written: it is a folder",
        () -> AtomicFile.write(folder, out -> out.write('1')));
  }

  @Test
  void reasonsOfTheFileSystemAreGivenInWords() {
    Path file = folder.resolve("a.txt");

    assertRefused("permission denied", file, new AccessDeniedException("b"));
    assertRefused("there is no b", file, new NoSuchFileException("b"));
    assertRefused("b is a file", file, new FileAlreadyExistsException("b"));
    assertRefused("disk quota", file, new FileSystemException("b", null, "disk quota"));
  }

  private static void assertRefused(String reason, Path file, IOException failure) {
    assertFails(
        "%s: cannot be written: %s".formatted(file, reason),
        () ->
            AtomicFile.write(
                file,
                _ -> {
                  throw failure;
                }));
  }

  @Test
  void folderIsMadeWithThoseThatItLiesIn() throws IOException {
    Path inner = folder.resolve("outer").resolve("inner");
    AtomicFile.makeFolder(inner);
    AtomicFile.makeFolder(inner);

    assertTrue(Files.isDirectory(inner));
  }

  @Test
  void folderThatCannotBeMadeIsReported() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertFails(
        "%s: the folder cannot be made: %s is a file".formatted(file, file),
        () -> AtomicFile.makeFolder(file));
  }

  @Test
  void leftoversOfDeadProcessesAreRemoved() throws IOException {
    long alive = ProcessHandle.current().pid();
    Files.writeString(folder.resolve(".a.txt.999999999-1.tmp"), "killed while writing");
    Files.writeString(folder.resolve(".a.txt.%d-0.tmp".formatted(alive)), "still writing");
    Files.writeString(folder.resolve(".a.txt.notes-1.tmp"), "not ours");

    AtomicFile.write(folder.resolve("a.txt"), out -> out.write('1'));

    assertEquals(
        List.of(".a.txt.%d-0.tmp".formatted(alive), ".a.txt.notes-1.tmp", "a.txt"), names());
  }

  private static void runOutOfSpace(OutputStream out) throws IOException {
    out.write(new byte[100_000]);
    throw new IOException("No space left on device");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
