package org.genn.engine.backend.form;

import static org.genn.engine.backend.form.MergedFunctions.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Rows;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.ToeplitzPatterns;
import org.genn.engine.model.builtin.VariableInits;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Which groups share the code that makes their connections and initial values, stored or anew at
/// each spike, and which numbers it is given.
@Feature("G01")
class MergedConnectionsTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron").variable("x").simCode("x = Isyn;").thresholdCondition("t > 0.0");

  /// Whose numbers of the generator's stream are all that groups with random numbers differ in.
  private static final int STREAM = 1;

  /// Names of the functions that deliver spikes.
  private static final String STEPS = "s\\d.*_forward";

  private static final Bindings ONE = Bindings.NONE.initialValue("g", 1);

  private static SynapseGroup synapses(
      String name, Connectivity connectivity, String target, WeightUpdateModel model, Bindings g) {
    return new SynapseGroup(
        name,
        connectivity,
        "source",
        target,
        new WeightUpdate(model, g),
        new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE));
  }

  private static ModelSpec from(int sources) {
    return new ModelSpec("m", 1, 1, 7)
        .neuronGroup(new NeuronGroup("source", sources, NEURON, Bindings.NONE));
  }

  /// Groups `s0`, `s1`, … that lead from 10 neurons to 10.
  private static ModelSpec connected(
      WeightUpdateModel model, Bindings g, List<Connectivity> connections) {
    ModelSpec spec = from(10).neuronGroup(new NeuronGroup("target", 10, NEURON, Bindings.NONE));
    for (int k = 0; k < connections.size(); k++) {
      spec = spec.synapseGroup(synapses("s" + k, connections.get(k), "target", model, g));
    }
    return spec;
  }

  private static Connectivity procedural(BuiltSynapses synapses) {
    return new Connectivity.Procedural(synapses);
  }

  private static Connectivity sparse(BuiltSynapses synapses) {
    return new Connectivity.Sparse(synapses);
  }

  private static List<Long> numbers(List<Function> functions) {
    return functions.stream().map(MergedFunctions::given).toList();
  }

  /// A convolution of 8 × 8 pixels to as many as are given, padded as it must be.
  private static ModelSpec convolutions(int[] kernel, int[]... outputs) {
    var g = Bindings.NONE.initialValue("g", InitialValue.of(new float[kernel[0] * kernel[1]]));
    ModelSpec spec = from(64);
    for (int k = 0; k < outputs.length; k++) {
      int[] out = outputs[k];
      var built = ToeplitzPatterns.conv2d(kernel, new int[] {8, 8, 1}, out);
      spec =
          spec.neuronGroup(new NeuronGroup("target" + k, out[0] * out[1], NEURON, Bindings.NONE))
              .synapseGroup(
                  synapses(
                      "s" + k,
                      new Connectivity.Toeplitz(built),
                      "target" + k,
                      WeightUpdateModels.STATIC_PULSE,
                      g));
    }
    return spec;
  }

  @Test
  void rowsThatAreMadeAtEachSpikeShareAFunctionWhateverTheirParameters() {
    var constant = WeightUpdateModels.STATIC_PULSE_CONSTANT_WEIGHT;
    var g = Bindings.NONE.parameter("g", 1);
    var equal =
        connected(
            constant,
            g,
            List.of(
                procedural(SparsePatterns.fixedNumberPost(3)),
                procedural(SparsePatterns.fixedNumberPost(3))));
    assertEquals(List.of((long) STREAM), numbers(functions(equal, STEPS)));
    var different =
        connected(
            constant,
            g,
            List.of(
                procedural(SparsePatterns.fixedNumberPost(3)),
                procedural(SparsePatterns.fixedNumberPost(4)),
                procedural(SparsePatterns.oneToOne())));
    // the number of synapses, the room for them, the stream; the other connectivity is apart
    assertEquals(List.of(0L, 3L), numbers(functions(different, STEPS)));
  }

  /// Of the shape of a convolution only what differs is given, so never the kernel.
  @Test
  void convolutionsOfOneKernelShareAFunctionThatIsGivenTheSizeOfTheirOutput() {
    int[] square = {6, 6, 1};
    int[] high = {8, 6, 1};
    int[] wide = {6, 8, 1};
    int[] three = {3, 3};
    assertEquals(List.of(0L), numbers(functions(convolutions(three, square, square), STEPS)));
    // the height and the number of targets
    assertEquals(List.of(2L), numbers(functions(convolutions(three, square, high), STEPS)));
    // height and width
    assertEquals(List.of(2L), numbers(functions(convolutions(three, wide, high), STEPS)));
  }

  @Test
  void weightsThatAreMadeAtEachSpikeShareAFunctionWhereTheirInitialiserIsTheSame() {
    var dense = new Connectivity.DenseProcedural();
    ModelSpec spec = from(10).neuronGroup(new NeuronGroup("target", 10, NEURON, Bindings.NONE));
    var initial =
        List.of(
            VariableInits.normal(0, 1), VariableInits.normal(0, 2), VariableInits.uniform(0, 1));
    for (int k = 0; k < initial.size(); k++) {
      spec =
          spec.synapseGroup(
              synapses(
                  "s" + k,
                  dense,
                  "target",
                  WeightUpdateModels.STATIC_PULSE,
                  Bindings.NONE.initialValue("g", initial.get(k))));
    }
    // the standard deviation and the stream
    assertEquals(List.of(0L, 2L), numbers(functions(spec, STEPS)));
  }

  @Test
  void connectionsShareAFunctionWhateverTheirParameters() {
    var spec =
        connected(
            WeightUpdateModels.STATIC_PULSE,
            ONE,
            List.of(
                sparse(SparsePatterns.fixedProbability(0.1)),
                sparse(SparsePatterns.fixedProbability(0.1)),
                sparse(SparsePatterns.fixedNumberPost(3)),
                sparse(SparsePatterns.fixedNumberPost(4))));
    // equal probabilities are not given, numbers that differ are
    assertEquals(List.of(1L, 2L), numbers(functions(spec, "s\\d_connect")));
  }

  @Test
  void initialValuesShareAFunctionWhereTheirInitialiserIsTheSame() {
    ModelSpec spec = new ModelSpec("m", 1, 1, 7);
    var initial =
        List.of(
            VariableInits.uniform(0, 1),
            VariableInits.uniform(-3, 1),
            VariableInits.normal(0, 1),
            InitialValue.of(3));
    for (int k = 0; k < initial.size(); k++) {
      spec =
          spec.neuronGroup(
              new NeuronGroup(
                  "n" + k, 10, NEURON, Bindings.NONE.initialValue("x", initial.get(k))));
    }
    // the minimum and the stream; a constant needs no code
    assertEquals(List.of(0L, 2L), numbers(functions(spec, "n\\d_x_initialise")));
    assertEquals(1, functions(spec, "n\\d_forward").size());
  }

  @Test
  void constantsAndWhatTheHostSetsNeedNoCode() {
    assertEquals(0, initialisers(InitialValue.of(-65)));
    assertEquals(0, initialisers(InitialValue.of(new float[10])));
    assertEquals(1, initialisers(VariableInits.uniform(0, 1)));
  }

  private static int initialisers(InitialValue initial) {
    var bindings = Bindings.NONE.initialValue("x", initial);
    var spec = new ModelSpec("m", 1, 1, 7).neuronGroup(new NeuronGroup("n", 10, NEURON, bindings));
    return Lowering.lower(spec, new LoweringSettings()).initialise().size();
  }

  /// What synapses send back is summed before neurons see it, whatever number of groups it is from.
  @Test
  void neuronsThatGetSomethingBackShareAFunction() {
    var back = WeightUpdateModels.STATIC_PULSE.preSpikeSynCode("addToPre(g);");
    ModelSpec spec =
        new ModelSpec("m", 1, 1, 7)
            .neuronGroup(new NeuronGroup("target", 10, NEURON, Bindings.NONE));
    for (int k = 0; k < 4; k++) {
      spec = spec.neuronGroup(new NeuronGroup("n" + k, 10, NEURON, Bindings.NONE));
      for (int i = 0; i < k; i++) {
        spec =
            spec.synapseGroup(
                new SynapseGroup(
                    "s" + k + "_" + i,
                    new Connectivity.Dense(),
                    "n" + k,
                    "target",
                    new WeightUpdate(back, ONE),
                    new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
      }
    }
    assertEquals(
        List.of("n1_Isyn_forward", "n2_Isyn_forward", "n3_Isyn_forward"),
        Lowering.lower(spec, new LoweringSettings()).program().arrays().stream()
            .map(Rows::name)
            .filter(name -> name.endsWith("_Isyn_forward"))
            .sorted()
            .toList());
    // of those that get nothing back, and of those that do; all six groups of synapses
    assertEquals(List.of(0L, 0L), numbers(functions(spec, "n\\d_forward")));
    assertEquals(List.of(0L), numbers(functions(spec, STEPS)));
  }
}
