package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.kernel.DelaySlots;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelDigest;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@Feature("M21")
class LoweredWriterTest {
  private static final ModelSpec SPEC = new ModelSpec("m", 1, 1, 1);
  private static final InitialValue GIVEN = InitialValue.of(new float[] {1, 2});

  private static Symbol symbol(int array, NumericType type, InitialValue initial) {
    return new Symbol(
        array, type, Symbol.Copies.values()[array % 4], array + 1, -1, initial, array + 2);
  }

  /// A model with every kind of everything, no two of whose numbers are alike.
  private static LoweredModel model() {
    var constant = new InitialValue.Constant(-0.1);
    var program =
        new Program(
            "p",
            List.of(
                new Rows("a", NumericType.UINT16, 300, Rows.RAGGED),
                new Rows("ä", NumericType.DOUBLE, 1, Integer.MAX_VALUE, true)),
            List.of(),
            List.of(
                new Kernel("k", "A comment", Kernel.Domain.PARTS, 7, List.of()),
                new Kernel("l", "", Kernel.Domain.WHOLE, 1, List.of())));
    List<Launch.Timer> timers =
        List.of(
            new Launch.Timer.Steps("FORWARD"),
            new Launch.Timer.StepPart(Launch.Part.POSTSYNAPTIC),
            new Launch.Timer.CustomUpdate("u1"),
            new Launch.Timer.CustomUpdateTranspose("u0"),
            new Launch.Timer.CustomUpdateHost("u2"),
            new Launch.Timer.CustomUpdateRemap("u3"),
            new Launch.Timer.Initialise(),
            new Launch.Timer.TrialStart());
    List<Launch> runs =
        timers.stream().map(timer -> (Launch) new Launch.Run(1, 64, 65, timer)).toList();
    List<Launch> others =
        List.of(
            new Launch.Staged(
                List.of(new Launch.Stage(-1, 2), new Launch.Stage(3, -1)), 4, 5, timers.getFirst()),
            new Launch.Swap(8, 9),
            new Launch.BeginTrial(true),
            new Launch.BeginTrial(false),
            new Launch.Connectivity("u", "s", 10, -1, List.of(4, 7), "g"));
    return new LoweredModel(
        SPEC,
        program,
        11,
        Map.of(
            VariableReference.neuron("n", "V"),
            symbol(12, NumericType.FLOAT, constant),
            VariableReference.synapse("s", "g"),
            symbol(13, NumericType.BOOL, GIVEN)),
        Map.of(VariableReference.spikeTime("n"), new DelaySlots(14, 15, 16, 17)),
        Map.of(VariableReference.synapse("s", "table"), symbol(18, NumericType.INT64, constant)),
        Map.of(VariableReference.neuron("n", "tau"), symbol(19, NumericType.FLOAT, constant)),
        Map.of(
            "s",
            new SparseGroup(
                20,
                21,
                22,
                1L << 40,
                List.of(23, 24),
                25,
                26,
                27,
                28,
                29,
                47,
                Optional.of(new SparseGroup.Remap(30, 31, 32)),
                -1),
            "t",
            new SparseGroup(
                33, 34, 35, 36, List.of(), -1, -1, -1, -1, -1, -1, Optional.empty(), 37)),
        Map.of("s", 48),
        Map.of("s", 38),
        runs,
        Map.of(
            "n", new SpikeList(39, 40, true, false, 41), "o", new SpikeList(1, 2, false, true, -1)),
        Map.of("n", 42),
        43,
        44,
        Map.of("trial", others),
        List.of(new Launch.Swap(45, 46)),
        Map.of("group", runs.subList(0, 2)));
  }

  @Test
  void aModelComesBackAsItWas() throws IOException {
    List<InitialValue> given = List.of(new InitialValue.Constant(3), GIVEN);
    byte[] bytes = LoweredWriter.write(model(), "key", given).orElseThrow();
    var stored = LoweredReader.read(bytes, SPEC, given);
    assertEquals(model(), stored.lowered());
    assertEquals("key", stored.cacheKey());
    assertSame(
        GIVEN, stored.lowered().variables().get(VariableReference.synapse("s", "g")).initial());
  }

  @Test
  void allThatIsLoweredComesBack() throws IOException {
    for (var make : PartModels.ALL.values()) {
      ModelSpec spec = make.apply(2);
      for (int parts : new int[] {1, 3}) {
        LoweredModel lowered = Lowering.lower(spec, new LoweringSettings().parts(parts));
        List<InitialValue> given = ModelDigest.of(spec).orElseThrow().initialValues();
        byte[] bytes = LoweredWriter.write(lowered, "key", given).orElseThrow();
        assertEquals(lowered.withoutCode(), LoweredReader.read(bytes, spec, given).lowered());
      }
    }
  }

  @Test
  void arraysOfNoDescriptionAreNotWritten() {
    assertTrue(LoweredWriter.write(model(), "key", List.of()).isEmpty());
  }

  @Test
  void damageIsTold() {
    byte[] bytes = LoweredWriter.write(model(), "key", List.of(GIVEN)).orElseThrow();
    assertThrows(
        IOException.class,
        () -> LoweredReader.read(Arrays.copyOf(bytes, bytes.length / 2), SPEC, List.of(GIVEN)));
    bytes[5] = -1;
    assertThrows(IOException.class, () -> LoweredReader.read(bytes, SPEC, List.of(GIVEN)));
  }
}
