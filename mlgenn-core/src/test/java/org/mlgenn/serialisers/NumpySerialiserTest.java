package org.mlgenn.serialisers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mlgenn.serialisers.NumpyTest.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpySerialiserTest {
  private static final NumpyArray WEIGHTS = NumpyArray.of(new float[] {1, 2}, 2, 1);
  private static final NumpyArray BIAS = NumpyArray.of(new float[] {3});

  @TempDir private Path folder;

  @Test
  @Feature("SER-01")
  void filesAreNamedByTheirKeys() throws IOException {
    Path checkpoints = folder.resolve("latency_mnist_checkpoints");
    new NumpySerialiser(checkpoints).serialise(List.of(9, "Conn_Pop0_Pop1", "g"), WEIGHTS);

    assertEquals(WEIGHTS, Numpy.read(checkpoints.resolve("9-Conn_Pop0_Pop1-g.npy")));
  }

  @Test
  @Feature("SER-01")
  void loadsAllVariablesOfAKey() throws IOException {
    NumpySerialiser serialiser = new NumpySerialiser(folder);
    serialiser.serialise(List.of(9, "input-hidden", "g"), WEIGHTS);
    serialiser.serialise(List.of(9, "output", "Bias"), BIAS);
    serialiser.serialise(List.of(99, "output", "Bias"), BIAS);
    serialiser.serialise(List.of("best"), BIAS);
    Files.writeString(folder.resolve("9-notes.txt"), "not a variable");

    assertEquals(
        Map.of(List.of("input-hidden", "g"), WEIGHTS, List.of("output", "Bias"), BIAS),
        serialiser.deserialiseAll(List.of(9)));
    assertEquals(BIAS, serialiser.deserialise(List.of("best")));
  }

  @Test
  void missingVariableIsReported() {
    Path file = folder.resolve("9-output-Bias.npy");

    assertFails(
        file + ": no such file",
        () -> new NumpySerialiser(folder).deserialise(List.of(9, "output", "Bias")));
  }

  @Test
  void keysThatCannotNameAFileAreRefused() {
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new NumpySerialiser(folder).serialise(List.of("..", "a/b"), BIAS));

    assertEquals(
        "keys [.., a/b] cannot name a file: expected no '/', no '\\' and no '.' at the start",
        failure.getMessage());
  }

  @Test
  @Feature("SER-02")
  void serialiserIsAnInterfaceForUsers() throws IOException {
    Serialiser memory = new InMemory(new LinkedHashMap<>());
    memory.serialise(List.of(1, "output", "Bias"), BIAS);

    assertEquals(BIAS, memory.deserialise(List.of(1, "output", "Bias")));
    assertTrue(memory.deserialiseAll(List.of(2)).isEmpty());
  }

  private record InMemory(Map<List<?>, NumpyArray> variables) implements Serialiser {
    @Override
    public void serialise(List<?> keys, NumpyArray values) {
      variables.put(keys, values);
    }

    @Override
    public NumpyArray deserialise(List<?> keys) {
      return variables.get(keys);
    }

    @Override
    public SequencedMap<List<String>, NumpyArray> deserialiseAll(List<?> keys) {
      SequencedMap<List<String>, NumpyArray> found = new LinkedHashMap<>();
      variables.forEach(
          (all, values) -> {
            if (all.subList(0, keys.size()).equals(keys)) {
              found.put(
                  all.subList(keys.size(), all.size()).stream().map(String::valueOf).toList(),
                  values);
            }
          });
      return found;
    }
  }
}
