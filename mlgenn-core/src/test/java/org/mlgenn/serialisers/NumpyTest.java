package org.mlgenn.serialisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The `.npy` files in the resources were written by NumPy 2.4.
@Feature("SER-01")
class NumpyTest {
  @TempDir private Path folder;

  @Test
  void readsFloats() throws IOException {
    NumpyArray array = resource("f4.npy");

    assertEquals("NumpyArray[f4, shape=(2, 3)]", array.toString());
    assertArrayEquals(new int[] {2, 3}, array.shape());
    assertArrayEquals(new float[] {-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f}, array.floats());
    assertArrayEquals(new double[] {-0.5, -0.25, 0, 0.25, 0.5, 0.75}, array.doubles());
  }

  @Test
  void readsBigEndianDoubles() throws IOException {
    assertEquals(NumpyArray.of(new double[] {1.0 / 3, -1e300}), resource("f8_big_endian.npy"));
  }

  @Test
  void readsFortranOrderAsRows() throws IOException {
    NumpyArray array = resource("i2_fortran.npy");
    int[] expected = new int[24];
    Arrays.setAll(expected, index -> index);

    assertArrayEquals(new int[] {2, 3, 4}, array.shape());
    assertArrayEquals(expected, array.ints());
  }

  @Test
  void readsUnsignedNumbers() throws IOException {
    NumpyArray array = resource("u8.npy");

    assertEquals(NumpyArray.unsigned(new long[] {-1, Long.MIN_VALUE, 5}), array);
    assertArrayEquals(new double[] {0x1p64, 0x1p63, 5}, array.doubles());
    assertArrayEquals(new float[] {0x1p64f, 0x1p63f, 5}, array.floats());
    var failure = assertThrows(IllegalStateException.class, array::longs);
    assertEquals(
        "NumpyArray[u8, shape=(3,)]: value 18446744073709551615 at index 0 does not fit into 63"
            + " bits",
        failure.getMessage());
  }

  @Test
  void readsTruthValues() throws IOException {
    assertArrayEquals(new boolean[] {true, false, true}, resource("bool.npy").booleans());
  }

  @Test
  void readsText() throws IOException {
    NumpyArray array = resource("text.npy");

    assertArrayEquals(new int[] {2, 2}, array.shape());
    assertArrayEquals(new String[] {"spike", "τ=20", "", "𝔖"}, array.strings());
    assertArrayEquals(new String[] {"ab", "éxyz"}, resource("bytes.npy").strings());
  }

  @Test
  void readsScalarsAndEmptyArrays() throws IOException {
    assertEquals(NumpyArray.scalar(2.5f), resource("scalar.npy"));
    assertEquals(2.5, resource("scalar.npy").number());
    assertEquals(NumpyArray.of(new int[0], 0, 3), resource("empty.npy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version2.npy", "version3.npy"})
  void readsLaterVersions(String name) throws IOException {
    assertEquals(NumpyArray.of(new long[] {7, -8}), resource(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f4.npy",
        "bool.npy",
        "text.npy",
        "bytes.npy",
        "scalar.npy",
        "empty.npy",
        "u8.npy"
      })
  void writesTheSameBytesAsNumpy(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Numpy.write(out, resource(name));

    assertEquals(hex(bytes(name)), hex(out.toByteArray()));
  }

  @Test
  void readsWhatItWrites() throws IOException {
    for (NumpyArray array :
        new NumpyArray[] {
          NumpyArray.of(new byte[] {-128, 127}),
          NumpyArray.of(new short[] {-32768, 32767}, 2, 1),
          NumpyArray.of(new int[] {Integer.MIN_VALUE, 5, 6}),
          NumpyArray.of(new long[] {Long.MIN_VALUE}),
          NumpyArray.unsigned(new byte[] {-1}),
          NumpyArray.unsigned(new short[] {-1}),
          NumpyArray.unsigned(new int[] {-1}),
          NumpyArray.of(new double[] {Double.NaN, -0.0, Double.MIN_VALUE}),
          NumpyArray.of(new float[100_000], 100, 10, 100),
          NumpyArray.of(new String[] {"a", "longer"}),
          NumpyArray.scalar(7L)
        }) {
      Path file = folder.resolve("array.npy");
      Numpy.write(file, array);

      assertEquals(array, Numpy.read(file));
    }
  }

  @Test
  void missingFileIsReported() {
    assertFails("none.npy: no such file", () -> Numpy.read(Path.of("none.npy")));
    assertFails(folder + ": is a folder, expected a file", () -> Numpy.read(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   | x.npy: not a NumPy array: starts with '', expected '93 4e 55 4d 50 59' (\\x93NUMPY)",
        "7   | x.npy: ends within the header",
        "9   | x.npy: ends within the header",
        "100 | x.npy: ends within the header",
        "128 | x.npy: header declares shape (2, 3) of '<f4', 24 bytes, but 0 bytes follow",
        "151 | x.npy: header declares shape (2, 3) of '<f4', 24 bytes, but 23 bytes follow",
      })
  void truncatedFileIsReported(int length, String message) throws IOException {
    byte[] whole = bytes("f4.npy");

    assertFails(message, () -> Numpy.read(Arrays.copyOf(whole, length), "x.npy"));
  }

  @Test
  void furtherBytesAreReported() throws IOException {
    byte[] longer = Arrays.copyOf(bytes("f4.npy"), 160);

    assertFails(
        "x.npy: header declares shape (2, 3) of '<f4', 24 bytes, but 32 bytes follow",
        () -> Numpy.read(longer, "x.npy"));
  }

  @Test
  void otherFilesAreReported() {
    assertFails(
        "x.npy: not a NumPy array: starts with '50 4b 03 04 00 00 00 00', expected '93 4e 55 4d 50"
            + " 59' (\\x93NUMPY)",
        () -> Numpy.read(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0}, "x.npy"));
  }

  @Test
  void unsupportedTypesAreReported() {
    assertFails(
        "complex.npy: dtype '<c8' is not supported, expected one of b1, i1, i2, i4, i8, u1, u2, u4,"
            + " u8, f4, f8, U, S",
        () -> resource("complex.npy"));
    assertFails(
        "records.npy: records (a dtype with fields) are not supported, expected one of b1, i1, i2,"
            + " i4, i8, u1, u2, u4, u8, f4, f8, U, S",
        () -> resource("records.npy"));
  }

  @Test
  void unknownVersionIsReported() throws IOException {
    byte[] file = bytes("f4.npy");
    file[6] = 9;

    assertFails(
        "x.npy: format version 9.0, expected 1.0, 2.0 or 3.0", () -> Numpy.read(file, "x.npy"));
  }

  @Test
  void hugeHeaderIsReported() throws IOException {
    byte[] file = bytes("version2.npy");
    Arrays.fill(file, 8, 12, (byte) 0xFF);

    assertFails(
        "x.npy: header of 4294967295 bytes, expected at most 65536",
        () -> Numpy.read(file, "x.npy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(2000000000,) | x.npy: header declares shape (2000000000) of '<f4', 8000000000 bytes,"
            + " but 8 bytes follow",
        "(65536, 65536) | x.npy: header declares shape (65536, 65536) of '<f4', more values than an"
            + " array can hold",
        "(2147483647, 2147483647, 2147483647, 2147483647) | x.npy: header declares shape"
            + " (2147483647, 2147483647, 2147483647, 2147483647) of '<f4', more values than an"
            + " array can hold",
        "(4294967298,) | x.npy: dimension 4294967298 of the shape, expected at most 2147483647",
        "(0, 2147483647, 2147483647, 2147483647) | x.npy: header declares shape (0, 2147483647,"
            + " 2147483647, 2147483647) of '<f4', 0 bytes, but 8 bytes follow",
        "(-2,) | x.npy: malformed header at character 51, before '-2,)}': expected a dimension",
        "(2 | x.npy: malformed header at character 52, before '}': expected ')'",
      })
  void lyingShapeIsReported(String shape, String message) {
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape':" + shape + "}";

    assertFails(
        message.replace("(2000000000)", "(2000000000,)"), () -> Numpy.read(file(text, 8), "x.npy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | at character 1, before its end: expected '{'",
        "{} | at character 3, before its end: expected the keys 'descr', 'fortran_order' and"
            + " 'shape'",
        "{'descr': <f4} | at character 11, before '<f4}': expected a string",
        "{'descr': '<f4} | at character 11, before ''<f4}': expected a string",
        "{'colour': 1} | at character 11, before '1}': unknown key 'colour'",
        "{'fortran_order': 1} | at character 19, before '1}': expected True or False",
        "{'fortran_order': True 'shape': ()} | at character 24, before ''shape': ()}': expected"
            + " '}'",
        "{} import os | at character 4, before 'import os': expected nothing after the dictionary",
      })
  void malformedHeaderIsReported(String text, String message) {
    assertFails("x.npy: malformed header " + message, () -> Numpy.read(file(text, 8), "x.npy"));
  }

  @Test
  void tooManyDimensionsAreReported() {
    String text = "{'shape': (" + "1,".repeat(65) + ")}";

    assertFails(
        "x.npy: malformed header at character 141, before ',)}': expected at most 64 dimensions",
        () -> Numpy.read(file(text, 8), "x.npy"));
  }

  @Test
  void arraysBeyondTheLimitAreReported() throws IOException {
    byte[] file = bytes("f4.npy");
    byte[] text = bytes("text.npy");

    assertFails(
        "x.npy: header declares shape (2, 3) of '<f4', which takes 24 bytes of memory, expected at"
            + " most 23",
        () -> Numpy.read(new ByteArrayInputStream(file), file.length, 23, "x.npy"));
    assertFails(
        "x.npy: header declares shape (2, 2) of '<U5', which takes 336 bytes of memory, expected at"
            + " most 100",
        () -> Numpy.read(new ByteArrayInputStream(text), text.length, 100, "x.npy"));
  }

  @Test
  void streamShorterThanAnnouncedIsReported() throws IOException {
    byte[] file = bytes("f4.npy");

    assertFails(
        "x.npy: ends after 20 bytes of values, expected 24",
        () ->
            Numpy.read(
                new ByteArrayInputStream(file, 0, file.length - 4), file.length, 1000, "x.npy"));
  }

  private static byte[] file(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    byte[] file = Arrays.copyOf(start, start.length + text.length + bytes);
    System.arraycopy(text, 0, file, start.length, text.length);
    return file;
  }

  private static NumpyArray resource(String name) throws IOException {
    return Numpy.read(bytes(name), name);
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = NumpyTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static void assertFails(String message, Executable action) {
    assertEquals(message, assertThrows(IOException.class, action).getMessage());
  }
}
