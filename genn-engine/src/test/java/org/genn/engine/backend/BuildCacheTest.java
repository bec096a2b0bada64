package org.genn.engine.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  @TempDir Path directory;

  private int entries() throws IOException {
    try (var files = Files.list(directory)) {
      return (int) files.count();
    }
  }

  private void age(String key, int seconds) throws IOException {
    Files.setLastModifiedTime(
        directory.resolve(key + ".entry"),
        FileTime.fromMillis(System.currentTimeMillis() - 1000L * seconds));
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    var cache = new BuildCache(directory);
    assertEquals(Optional.empty(), cache.read("a"));
    cache.write("a", new byte[] {1, 2, 3});
    cache.write("b", new byte[0]);
    assertArrayEquals(new byte[] {1, 2, 3}, cache.read("a").orElseThrow());
    assertArrayEquals(new byte[0], cache.read("b").orElseThrow());
    cache.write("a", new byte[] {4});
    assertArrayEquals(new byte[] {4}, cache.read("a").orElseThrow());
    assertEquals(2, entries());
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() throws IOException {
    var cache = new BuildCache(directory, 1000, 3);
    for (String key : new String[] {"a", "b", "c"}) {
      cache.write(key, new byte[10]);
      age(key, key.equals("a") ? 300 : key.equals("b") ? 200 : 100);
    }
    assertTrue(cache.read("a").isPresent(), "reading counts as use");
    cache.write("d", new byte[10]);
    assertEquals(3, entries());
    assertTrue(cache.read("b").isEmpty());
    assertTrue(cache.read("a").isPresent());
  }

  @Test
  void sizeIsBounded() throws IOException {
    var cache = new BuildCache(directory, 300, 100);
    for (int k = 0; k < 8; k++) {
      cache.write("entry" + k, new byte[92]);
      age("entry" + k, 100 - k);
    }
    assertEquals(3, entries());
    assertTrue(cache.read("entry7").isPresent());
    cache.write("large", new byte[5000]);
    assertTrue(cache.read("large").isPresent(), "the newest is kept whatever its size");
  }

  private void writeFile(String key, byte[] bytes) throws IOException {
    Files.write(directory.resolve(key + ".entry"), bytes);
  }

  @Test
  void whatIsDamagedIsNotThereAndIsDeleted() throws IOException {
    var cache = new BuildCache(directory);
    cache.write("a", new byte[] {1, 2, 3, 4, 5});
    byte[] whole = Files.readAllBytes(directory.resolve("a.entry"));
    for (int bit : new int[] {0, 31, 40, 64, 8 * whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      writeFile("a", flipped);
      assertEquals(Optional.empty(), cache.read("a"), "bit " + bit);
      assertEquals(0, entries());
    }
    for (int length : new int[] {0, 4, 8, whole.length - 1}) {
      writeFile("a", Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), cache.read("a"), "length " + length);
      writeFile("a", new byte[length]);
      assertEquals(Optional.empty(), cache.read("a"), length + " zeros");
    }
    writeFile("a", whole);
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, cache.read("a").orElseThrow());
  }

  @Test
  void keysDependOnEveryPart() {
    assertEquals(BuildCache.key("a", "b"), BuildCache.key("a", "b"));
    assertNotEquals(BuildCache.key("a", "b"), BuildCache.key("ab", ""));
    assertNotEquals(BuildCache.key("a", "b"), BuildCache.key("a", "c"));
    assertEquals(64, BuildCache.key("a").length());
  }
}
