package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.genn.engine.backend.Backends;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.form.Merging;
import org.genn.engine.kernel.IrVerifier;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Program;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Variable;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups with the same code share one function, and compute the same bits as with functions of
/// their own. Checked programs are never merged.
@Feature("G01")
class GroupMergingTest {
  private static final int STEPS = 60;

  private static Program lowered(ModelSpec spec) {
    return Lowering.lower(spec, new LoweringSettings()).program();
  }

  @Test
  void groupsOfOneKindShareAFunction() {
    Program program = lowered(ManyGroups.varied(160));
    Program merged = Merging.of(program);
    IrVerifier.verify(merged);
    assertTrue(
        merged.functions().size() * 3 < program.functions().size(),
        program.functions().size() + " functions became " + merged.functions().size());
  }

  @Test
  void smallProgramsStayAsTheyAre() {
    Program program = lowered(ManyGroups.varied(20));
    assertTrue(program == Merging.of(program), program.functions().size() + " functions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void mergedGroupsComputeTheSameBits(String backend) {
    compare(ManyGroups.varied(80), backend);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void mergedGroupsOfRandomCodeComputeTheSameBits(String backend) {
    compare(randomModel(new SplittableRandom(11)), backend);
  }

  private static void compare(ModelSpec spec, String backend) {
    Assumptions.assumeTrue(
        Backends.all().stream()
            .anyMatch(b -> b.name().equals(backend) && b.availability().isAvailable()),
        backend + " is not available");
    assertTrue(
        lowered(spec).functions().size() > Merging.of(lowered(spec)).functions().size(),
        "nothing is merged");
    var merged = run(spec, backend, false);
    var apart = run(spec, backend, true);
    for (int k = 0; k < merged.size(); k++) {
      assertArrayEquals(apart.get(k), merged.get(k));
    }
  }

  private static List<double[]> run(ModelSpec spec, String backend, boolean isChecked) {
    var build = new BuildSettings().cacheDirectory(Optional.empty()).isChecked(isChecked);
    var settings = new RuntimeSettings().backend(backend).threads(1).build(build);
    var values = new ArrayList<double[]>();
    try (Simulation simulation = Simulation.open(spec, settings)) {
      for (int step = 0; step < STEPS; step++) {
        simulation.stepTime();
      }
      Lowering.lower(spec, new LoweringSettings()).variables().keySet().stream()
          .sorted(java.util.Comparator.comparing(Object::toString))
          .forEach(variable -> values.add(all(simulation.variable(variable))));
    }
    return values;
  }

  private static double[] all(VariableView variable) {
    int rows = variable.shape().length == 3 ? variable.shape()[1] : 1;
    int columns = variable.shape()[variable.shape().length - 1];
    double[] values = new double[rows * columns];
    for (int k = 0; k < values.length; k++) {
      values[k] =
          variable.shape().length == 3
              ? variable.getDouble(0, k / columns, k % columns)
              : variable.getDouble(0, k);
    }
    return values;
  }

  /// Groups of a dozen random codes, with parameters of their own.
  private static ModelSpec randomModel(SplittableRandom random) {
    List<NeuronModel> models = new ArrayList<>();
    for (int k = 0; k < 12; k++) {
      models.add(
          new NeuronModel("Random" + k)
              .parameter("a")
              .parameter("b")
              .declarations(
                  new NeuronModel("")
                      .parameter("a")
                      .parameter("b")
                      .declarations()
                      .parameter(new org.genn.engine.model.ModelParameter("n", "int"))
                      .parameter(new org.genn.engine.model.ModelParameter("u", "unsigned int"))
                      .variable(new Variable("x"))
                      .variable(
                          new Variable("i", "int", org.genn.engine.model.VarAccess.READ_WRITE)))
              .simCode(code(random))
              .thresholdCondition(k % 3 == 0 ? "" : "x > a * b")
              .resetCode(k % 3 == 0 ? "" : "x -= b;"));
    }
    ModelSpec spec = new ModelSpec("random", 1, 1, 5);
    for (int group = 0; group < 72; group++) {
      spec =
          spec.neuronGroup(
              new NeuronGroup(
                  "g" + group,
                  1 + random.nextInt(40),
                  models.get(group % models.size()),
                  Bindings.NONE
                      .parameter("a", random.nextDouble(-3, 3))
                      .parameter("b", random.nextInt(4) == 0 ? 2 : random.nextDouble(0, 2))
                      .parameter("n", random.nextInt(-3, 70))
                      .parameter("u", random.nextInt(0, 40))
                      .initialValue("x", new InitialValue.Uniform(-2, 2))
                      .initialValue("i", random.nextInt(100))));
    }
    return spec;
  }

  private static String code(SplittableRandom random) {
    var code = new StringBuilder();
    for (int k = 2 + random.nextInt(4); k > 0; k--) {
      code.append(
          switch (random.nextInt(4)) {
            case 0 -> "i = (" + integer(random, 3) + ") & 0xffff;\n";
            case 1 ->
                "if (%s < %s) { x += 0.25; } else { i++; }\n"
                    .formatted(real(random, 2), real(random, 2));
            case 2 -> "for (int k = 0; k < 3; k++) { x = 0.5 * x + " + real(random, 2) + "; }\n";
            default -> "x = tanh(" + real(random, 3) + ");\n";
          });
    }
    return code.toString();
  }

  private static String integer(SplittableRandom random, int depth) {
    if (depth == 0) {
      return new String[] {"i", "n", "u", "7", "3"}[random.nextInt(5)];
    }
    String operator =
        new String[] {"+", "-", "*", "/", "%", "<<", ">>", "&", "^"}[random.nextInt(9)];
    return "(%s %s %s)".formatted(integer(random, depth - 1), operator, integer(random, depth - 1));
  }

  private static String real(SplittableRandom random, int depth) {
    if (depth == 0) {
      return new String[] {"x", "a", "b", "0.5", "i"}[random.nextInt(5)];
    }
    return switch (random.nextInt(6)) {
      case 0 -> "exp(-fabs(" + real(random, depth - 1) + "))";
      case 1 -> "fmin(" + real(random, depth - 1) + ", " + real(random, depth - 1) + ")";
      case 2 -> "pow(fabs(" + real(random, depth - 1) + "), b)";
      default ->
          "(%s %s %s)"
              .formatted(
                  real(random, depth - 1),
                  new String[] {"+", "-", "*", "/"}[random.nextInt(4)],
                  real(random, depth - 1));
    };
  }
}
