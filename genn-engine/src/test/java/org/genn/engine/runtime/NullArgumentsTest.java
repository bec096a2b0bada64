package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.BuiltSynapses;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.CurrentSourceModel;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomConnectivityUpdateModel;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.Precision;
import org.genn.engine.model.Schedule;
import org.genn.engine.model.SparseInit;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableInit;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.model.builtin.PostsynapticModels;
import org.genn.engine.model.builtin.WeightUpdateModels;
import org.genn.feature.Feature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every public call of a model, a schedule, a reference, or of what a loaded model consists of is
/// made with each of its arguments `null` in turn: none is taken, and none ends in a
/// `NullPointerException`.
class NullArgumentsTest {
  private static final NeuronModel NEURON =
      new NeuronModel("Neuron")
          .variable("V")
          .parameter("p")
          .simCode("V = Isyn + p * e[0];")
          .thresholdCondition("V > 1.0")
          .extraGlobalParameter("e", "scalar*");
  private static final CurrentSourceModel CURRENT =
      new CurrentSourceModel("Current", "injectCurrent(1.0);");
  private static final CustomUpdateModel UPDATE =
      new CustomUpdateModel("Update", "V = 0;").reference("V", VarAccessMode.READ_WRITE);
  private static final CustomConnectivityUpdateModel REWIRING =
      new CustomConnectivityUpdateModel("Rewiring", "for_each_synapse { remove_synapse(); }");
  private static final WeightUpdate PULSE =
      new WeightUpdate(WeightUpdateModels.STATIC_PULSE, Bindings.NONE);
  private static final Postsynapse DELTA =
      new Postsynapse(PostsynapticModels.DELTA_CURR, Bindings.NONE);

  private static GeNNModel model() {
    var model = new GeNNModel(Precision.FLOAT, "m", "jvm");
    model.setPreferences(Models.settings().backend("jvm").threads(1));
    var neurons = model.addNeuronPopulation("n", 3, NEURON, Map.of("p", 1), Map.of("V", 0));
    neurons.setParamDynamic("p");
    neurons.extraGlobalParams().get("e").setInitValues(new float[] {1, 2});
    BuiltSynapses oneToOne = GeNNModel.initSparseConnectivity("OneToOne");
    var synapses =
        model.addSynapsePopulation("s", "SPARSE", neurons, neurons, PULSE, DELTA, oneToOne);
    model.addCurrentSource("c", CURRENT, neurons, Map.of(), Map.of());
    var v = Map.of("V", GeNNModel.createVarRef(neurons, "V"));
    model.addCustomUpdate("u", "g", UPDATE, Map.of(), Map.of(), v);
    model.addCustomConnectivityUpdate(
        "r", "h", synapses, REWIRING, Map.of(), Map.of(), Map.of(), Map.of());
    return model;
  }

  private static List<Object> parts(GeNNModel model) {
    NeuronPopulation neurons = model.neuronPopulation("n");
    return List.of(
        model,
        neurons,
        model.synapsePopulation("s"),
        model.currentSource("c"),
        model.customUpdates().get("u"),
        model.customConnectivityUpdates().get("r"),
        neurons.vars().get("V"),
        neurons.extraGlobalParams().get("e"));
  }

  private static List<Object> loadedParts(GeNNModel model) {
    ModelVariable v = model.neuronPopulation("n").vars().get("V");
    return List.of(
        model.simulation(),
        v.view(),
        v.delays(),
        model.neuronPopulation("n").extraGlobalParams().get("e").view(),
        model.simulation().dynamicParameter("n", "p"),
        model.neuronPopulation("n").currentSpikes(),
        model.simulation().sparseConnectivity("s"));
  }

  private static List<Object> values() {
    var neurons = new NeuronGroup("n", 3, NEURON, Bindings.NONE);
    var synapses = new SynapseGroup("s", new Connectivity.Dense(), "n", "n", PULSE, DELTA);
    return List.of(
        new ModelSpec("m", 1, 1, 1).neuronGroup(neurons).synapseGroup(synapses),
        new Schedule(3).run(Phase.FORWARD),
        new Schedule.Run(EnumSet.of(Phase.FORWARD), 0, 3, List.of()),
        new Schedule.Update("g"),
        VariableReference.neuron("n", "V"));
  }

  /// Arguments where a type has no obvious one. Models need no values, so that `null` beside them
  /// is all there is to tell.
  private static List<Object> samples() {
    var neurons = new NeuronGroup("n", 3, NEURON, Bindings.NONE);
    return List.of(
        neurons,
        new NeuronModel("Bare"),
        CURRENT,
        UPDATE,
        REWIRING,
        PULSE,
        DELTA,
        new WeightUpdateModel("Bare"),
        DELTA.model(),
        new SparseInit("Rows"),
        new VariableInit("Init", "value = 1;"),
        new BuiltSynapses(new SparseInit("Rows"), Bindings.NONE),
        new SynapseGroup("s", new Connectivity.Dense(), "n", "n", PULSE, DELTA),
        new Connectivity.Dense(),
        new CurrentSource("c", "n", CURRENT, Bindings.NONE),
        new CustomUpdate("u", "g", UPDATE, Bindings.NONE),
        new CustomConnectivityUpdate("r", "h", "s", REWIRING, Bindings.NONE),
        new RuntimeSettings(),
        OpeningObserver.NONE,
        Map.of(),
        List.of(),
        Set.of(),
        Optional.empty(),
        Path.of("x"),
        "n",
        new StepObserver() {});
  }

  @Test
  @Feature("M08")
  void nullIsToldWhereItIsGiven() {
    try (GeNNModel described = model();
        GeNNModel loaded = model()) {
      loaded.build();
      loaded.load(10);
      var all = new ArrayList<Object>(values());
      all.addAll(parts(described));
      all.addAll(parts(loaded));
      all.addAll(loadedParts(loaded));
      var problems = new ArrayList<String>();
      int calls = 0;
      for (Object receiver : all) {
        var samples = new ArrayList<Object>(samples());
        samples.addAll(all);
        for (Executable call : calls(receiver)) {
          calls += check(call, receiver, samples, problems);
        }
      }
      assertEquals("", String.join("\n", problems));
      assertTrue(calls > 300, "only " + calls + " calls");
    }
  }

  private static List<Executable> calls(Object receiver) {
    return Stream.<Executable>concat(
            Stream.of(receiver.getClass().getConstructors()),
            Stream.of(receiver.getClass().getMethods()))
        .filter(call -> call.getDeclaringClass().getName().startsWith("org.genn"))
        .filter(call -> !call.getName().equals("equals"))
        .toList();
  }

  /// @return calls that were made
  private static int check(
      Executable call, Object receiver, List<Object> samples, List<String> problems) {
    Parameter[] parameters = call.getParameters();
    int calls = 0;
    for (int k = 0; k < parameters.length; k++) {
      if (parameters[k].getType().isPrimitive()
          || parameters[k].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        continue;
      }
      var arguments = new Object[parameters.length];
      for (int i = 0; i < parameters.length; i++) {
        arguments[i] = i == k ? null : sample(parameters[i].getType(), samples);
      }
      String outcome = outcome(call, receiver, arguments);
      calls++;
      if (!outcome.isEmpty()) {
        problems.add("%s, '%s': %s".formatted(call, parameters[k].getName(), outcome));
      }
    }
    return calls;
  }

  private static String outcome(Executable call, Object receiver, Object[] arguments) {
    try {
      switch (call) {
        case Constructor<?> constructor -> constructor.newInstance(arguments);
        case Method method ->
            method.invoke(Modifier.isStatic(method.getModifiers()) ? null : receiver, arguments);
      }
      return "taken";
    } catch (InvocationTargetException e) {
      return e.getCause() instanceof IllegalArgumentException
              || e.getCause() instanceof IllegalStateException
          ? ""
          : e.getCause().toString();
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return "not called: " + e;
    }
  }

  private static Object sample(Class<?> type, List<Object> samples) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return samples.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sample of " + type));
  }

  private static void assertTold(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  @Feature("M08")
  @SuppressWarnings("NullAway")
  void codeAndNamesOfModelsAreGiven() {
    assertTold(
        "postsynaptic model 'x': sim code is null; give one",
        () -> new PostsynapticModel("x", null));
    assertTold(
        "current source model 'x': injection code is null; give one",
        () -> new CurrentSourceModel("x", null));
    assertTold(
        "custom update model 'x': update code is null; give one",
        () -> new CustomUpdateModel("x", null));
    assertTold(
        "custom connectivity update model 'x': row update code is null; give one",
        () -> new CustomConnectivityUpdateModel("x", null));
    assertTold(
        "connectivity 'x': row build code is null; give one",
        () -> new SparseInit("x").rowBuildCode(null));
    assertTold(
        "variable initialiser 'x': code is null; give one", () -> new VariableInit("x", null));
    assertTold("parameter: name is null; give one", () -> NEURON.parameter(null));
    assertTold("parameter 'q': type is null; give one", () -> NEURON.parameter("q", null));
    assertTold("variable: name is null; give one", () -> NEURON.variable((String) null));
    assertTold(
        "extra global parameter 'q': type is null; give one",
        () -> NEURON.extraGlobalParameter("q", null));
  }

  @Test
  @Feature("M08")
  @SuppressWarnings("NullAway")
  void whatIsNullIsNamed() {
    assertTold("Schedule: run is null; give one", () -> new Schedule(1).run((Schedule.Run) null));
    assertTold("Schedule: phase is null; give one", () -> new Schedule(1).run((Phase) null));
    assertTold(
        "Schedule: name of a group of updates is null; give one",
        () -> new Schedule(1).update(null));
    var spec = new ModelSpec("m", 1, 1, 1);
    assertTold(
        "model 'm': neuron group is null; give one", () -> spec.neuronGroup((NeuronGroup) null));
    assertTold("model 'm': schedule is null; give one", () -> spec.schedule("trial", null));
    assertTold(
        "createVarRef: population is null; give one",
        () -> GeNNModel.createVarRef((NeuronPopulation) null, "V"));
    assertTold(
        "reference to a variable: variable is null; give one",
        () -> VariableReference.neuron("n", null));
    assertTold(
        "Simulation: model is null; give one", () -> Simulation.open(null, Models.settings()));
  }
}
