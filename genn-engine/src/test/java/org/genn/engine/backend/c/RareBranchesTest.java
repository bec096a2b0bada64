package org.genn.engine.backend.c;

import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.binary;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.increment;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.OnNative;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnNative
class RareBranchesTest {
  @TempDir Path directory;

  /// Lists the elements that have reached 1, and resets them.
  ///
  /// @param from first element that is looked at
  private static Program firing(int from, int neurons) {
    var v = new Rows("V", FLOAT, 1, neurons);
    var list = new Rows("list", INT32, 1, neurons + 1);
    Expr j = integer("j");
    Kernel kernel =
        Ir.kernel(
            "fire",
            hoist("v", v, integer(0)),
            hoist("spike", list, integer(0)),
            new Op.Elements(
                "look",
                "j",
                integer(from),
                integer(neurons),
                List.of(
                    Ir.declare(FLOAT, "value", at(FLOAT, "v", j)),
                    Ir.when(
                        binary(
                            BinaryOperator.GREATER_EQUAL,
                            Ir.name(FLOAT, "value"),
                            literal(FLOAT, 1)),
                        evaluate(
                            assign(
                                at(
                                    INT32,
                                    "spike",
                                    Ir.add(increment(at(INT32, "spike", integer(0))), integer(1))),
                                j)),
                        evaluate(assign(at(FLOAT, "v", j), literal(FLOAT, 0)))))));
    return Ir.program("firing", List.of(v, list), kernel);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void elementsThatFulfilTheConditionAreHandledInOrder(boolean isWide) throws IOException {
    for (int neurons : new int[] {1, 31, 32, 33, 100, 1024, 1055, 2100}) {
      var settings =
          new BuildSettings().cacheDirectory(Optional.empty()).sourceDirectory(directory);
      try (var executable = new NativeBackend(isWide).build(firing(0, neurons), settings);
          var instance = executable.open()) {
        String source = Files.readString(directory.resolve("kernels_firing.c"));
        assertTrue(source.contains("rare |= "));
        assertEquals(isWide, source.contains("lanes[place] |= "));
        for (int j = 0; j < neurons; j++) {
          instance.memory().setFloat(0, 0, j, j % 7 == 0 ? 1 : j % 5 == 0 ? Float.NaN : 0.5f);
        }
        instance.run(0, 0, 1, 0, 0, 0);
        int count = (neurons + 6) / 7;
        assertEquals(count, instance.memory().getLong(1, 0, 0));
        for (int k = 0; k < count; k++) {
          assertEquals(7L * k, instance.memory().getLong(1, 0, k + 1));
          assertEquals(0, instance.memory().getFloat(0, 0, 7 * k));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRangeOfElementsIsHandledAlone(boolean isWide) throws IOException {
    for (int from : new int[] {1, 7, 32, 40, 100, 2000}) {
      int neurons = from + (from == 100 ? 0 : from == 7 ? 60 : 1111);
      var settings =
          new BuildSettings().cacheDirectory(Optional.empty()).sourceDirectory(directory);
      try (var executable = new NativeBackend(isWide).build(firing(from, neurons), settings);
          var instance = executable.open()) {
        for (int j = 0; j < neurons; j++) {
          instance.memory().setFloat(0, 0, j, j % 3 == 0 ? 1 : 0.5f);
        }
        instance.run(0, 0, 1, 0, 0, 0);
        int count = 0;
        for (int j = 0; j < neurons; j++) {
          boolean fires = j >= from && j % 3 == 0;
          if (fires) {
            assertEquals(j, instance.memory().getLong(1, 0, ++count));
          }
          float after = fires ? 0 : j % 3 == 0 ? 1 : 0.5f;
          assertEquals(after, instance.memory().getFloat(0, 0, j), "from " + from + ", " + j);
        }
        assertEquals(count, instance.memory().getLong(1, 0, 0));
      }
    }
  }
}
