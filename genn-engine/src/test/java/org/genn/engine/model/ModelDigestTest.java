package org.genn.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.builtin.NeuronModels;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.SparsePatterns;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

@Feature("M21")
class ModelDigestTest {
  private static final NeuronModel LEAKY =
      new NeuronModel("Leaky")
          .parameter("tau")
          .derivedParameter("alpha", (p, dt) -> Math.exp(-dt / p.get("tau")))
          .variable("V")
          .simCode("V = alpha * V;");

  private static String hash(ModelSpec spec) {
    return ModelDigest.of(spec).orElseThrow().hash();
  }

  private static ModelSpec neurons(NeuronModel model, Bindings bindings) {
    return new ModelSpec("m", 1, 1, 7).neuronGroup(new NeuronGroup("n", 10, model, bindings));
  }

  private static ModelSpec leaky() {
    return neurons(LEAKY, Bindings.NONE.parameter("tau", 20));
  }

  private static ModelSpec connected(Connectivity connectivity, double g) {
    return neurons(NeuronModels.POISSON, Bindings.NONE.parameter("rate", 10))
        .synapseGroup(
            new SynapseGroup(
                "s",
                connectivity,
                "n",
                "n",
                new WeightUpdate(
                    WeightUpdateModels.STATIC_PULSE, Bindings.NONE.initialValue("g", g)),
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
  }

  @Test
  void equalModelsHaveEqualHashes() {
    assertEquals(hash(leaky()), hash(leaky()));
    BuiltSynapses random = SparsePatterns.fixedProbability(0.1);
    assertEquals(
        hash(connected(new Connectivity.Sparse(random), 1)),
        hash(connected(new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1)), 1)));
  }

  @Test
  void theOrderInWhichParametersAreGivenDoesNotMatter() {
    var model = new NeuronModel("Two").parameter("a").parameter("b");
    Map<String, Double> ab = new LinkedHashMap<>();
    ab.put("a", 1.0);
    ab.put("b", 2.0);
    Map<String, Double> ba = new LinkedHashMap<>();
    ba.put("b", 2.0);
    ba.put("a", 1.0);
    assertEquals(
        hash(neurons(model, new Bindings(ab, Map.of(), Map.of(), Set.of()))),
        hash(neurons(model, new Bindings(ba, Map.of(), Map.of(), Set.of()))));
  }

  @Test
  void whatKernelsDependOnMatters() {
    List<ModelSpec> models =
        List.of(
            leaky(),
            new ModelSpec("other", 1, 1, 7).neuronGroup(leaky().neuronGroup("n")),
            new ModelSpec("m", 0.5, 1, 7).neuronGroup(leaky().neuronGroup("n")),
            new ModelSpec("m", 1, 2, 7).neuronGroup(leaky().neuronGroup("n")),
            leaky().precision(Precision.DOUBLE),
            leaky().schedule("trial", new Schedule(5).run(Phase.FORWARD)),
            new ModelSpec("m", 1, 1, 7)
                .neuronGroup(new NeuronGroup("n", 11, LEAKY, Bindings.NONE.parameter("tau", 20))),
            neurons(LEAKY.simCode("V = alpha;"), Bindings.NONE.parameter("tau", 20)),
            neurons(LEAKY, Bindings.NONE.parameter("tau", 21)),
            neurons(LEAKY, Bindings.NONE.dynamicParameter("tau", 20)),
            neurons(LEAKY, Bindings.NONE.parameter("tau", 20).initialValue("V", 1)),
            connected(new Connectivity.Dense(), 1),
            connected(new Connectivity.Sparse(SparsePatterns.fixedProbability(0.1)), 1),
            connected(new Connectivity.Sparse(SparsePatterns.fixedProbability(0.2)), 1),
            connected(Connectivity.Sparse.of(new int[] {1}, new int[] {2}), 1),
            connected(Connectivity.Sparse.of(new int[] {2}, new int[] {1}), 1),
            connected(new Connectivity.Dense(), 1).synapseGroup(groupOf("s2")));
    var hashes = new HashSet<String>();
    models.forEach(model -> assertTrue(hashes.add(hash(model)), model.toString()));
  }

  private static SynapseGroup groupOf(String name) {
    SynapseGroup group = connected(new Connectivity.Dense(), 1).synapseGroup("s");
    return new SynapseGroup(
        name,
        group.connectivity(),
        group.source(),
        group.target(),
        group.weightUpdate(),
        group.postsynapse());
  }

  /// The same texts one after the other, and the same variables, but in other places.
  @Test
  void whereOneTextOrListEndsAndTheNextBeginsMatters() {
    var codes = new HashSet<String>();
    for (String code : List.of("", "hel", "hello")) {
      var model =
          new NeuronModel("Texts")
              .simCode(code)
              .thresholdCondition("hello".substring(code.length()));
      assertTrue(codes.add(hash(neurons(model, Bindings.NONE))), code);
    }
    var ends = new HashSet<String>();
    List<Variable> two = List.of(new Variable("one"), new Variable("zero"));
    for (int atPre = 0; atPre <= 2; atPre++) {
      NeuronEnd pre = NeuronEnd.NONE;
      NeuronEnd post = NeuronEnd.NONE;
      for (Variable variable : two.subList(0, atPre)) {
        pre = pre.variable(variable);
      }
      for (Variable variable : two.subList(atPre, 2)) {
        post = post.variable(variable);
      }
      var model = new WeightUpdateModel("Lists").pre(pre).post(post);
      assertTrue(ends.add(hash(connected(new WeightUpdate(model, Bindings.NONE)))), "" + atPre);
    }
  }

  private static ModelSpec connected(WeightUpdate weightUpdate) {
    return leaky()
        .synapseGroup(
            new SynapseGroup(
                "s",
                new Connectivity.Dense(),
                "n",
                "n",
                weightUpdate,
                new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE)));
  }

  @Test
  void derivedParametersEnterByTheirValues() {
    var halved = LEAKY.derivedParameter("beta", (p, _) -> p.get("tau") / 2);
    var same = LEAKY.derivedParameter("beta", (p, _) -> 0.5 * p.get("tau"));
    var other = LEAKY.derivedParameter("beta", (p, _) -> p.get("tau") / 4);
    var bindings = Bindings.NONE.parameter("tau", 20);
    assertEquals(hash(neurons(halved, bindings)), hash(neurons(same, bindings)));
    assertNotEquals(hash(neurons(halved, bindings)), hash(neurons(other, bindings)));
  }

  @Test
  void rowLengthsEnterByTheirValues() {
    SparseInit init = new SparseInit("Own").rowBuildCode("addSynapse(0);");
    var one = new BuiltSynapses(init.maxRowLength((_, _, _) -> 1), Bindings.NONE);
    var two = new BuiltSynapses(init.maxRowLength((_, _, _) -> 2), Bindings.NONE);
    assertNotEquals(
        hash(connected(new Connectivity.Sparse(one), 1)),
        hash(connected(new Connectivity.Sparse(two), 1)));
  }

  @Test
  void hostCodeOfConnectionsEnters() {
    SparseInit init = new SparseInit("Own").rowBuildCode("addSynapse(0);");
    var one = new BuiltSynapses(init, Bindings.NONE);
    var two = new BuiltSynapses(init.hostInitCode("assert(num_pre > 0);"), Bindings.NONE);
    assertNotEquals(
        hash(connected(new Connectivity.Sparse(one), 1)),
        hash(connected(new Connectivity.Sparse(two), 1)));
  }

  @Test
  void neitherTheSeedNorNumbersInArraysMatter() {
    assertEquals(hash(leaky()), hash(leaky().seed(8)));
    var bindings = Bindings.NONE.parameter("tau", 20);
    ModelSpec zeros = neurons(LEAKY, bindings.initialValue("V", InitialValue.of(new float[10])));
    float[] numbers = new float[10];
    numbers[3] = 1;
    assertEquals(
        hash(zeros), hash(neurons(LEAKY, bindings.initialValue("V", InitialValue.of(numbers)))));
  }

  @Test
  void initialValuesAreInOneOrder() {
    float[] a = new float[10];
    InitialValue values = InitialValue.of(a);
    ModelSpec first =
        neurons(LEAKY, Bindings.NONE.parameter("tau", 20).initialValue("V", InitialValue.of(a)));
    ModelSpec second = neurons(LEAKY, Bindings.NONE.parameter("tau", 20).initialValue("V", values));
    var inOrder = ModelDigest.of(first).orElseThrow().initialValues();
    int place = inOrder.indexOf(first.neuronGroup("n").bindings().initialValues().get("V"));
    assertSame(values, ModelDigest.of(second).orElseThrow().initialValues().get(place));
  }
}
