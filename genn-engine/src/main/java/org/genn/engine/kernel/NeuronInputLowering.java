package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.genn.engine.model.CurrentSource;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.Phase;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// Lowers how neurons get their input: from postsynaptic models, from what synapses have sent back,
/// from current sources.
final class NeuronInputLowering {
  private final NeuronLoop loop;
  private final NeuronGroup group;
  private final Layout layout;
  private final FunctionBuilder builder;
  private final Map<String, SnippetType> types = new LinkedHashMap<>();

  NeuronInputLowering(NeuronLoop loop) {
    this.loop = loop;
    group = loop.group();
    layout = loop.layout();
    builder = loop.builder();
    types.put("Isyn", SnippetType.of(layout.scalar));
    for (InputVariable input : group.model().additionalInputs()) {
      types.put(input.name(), SnippetType.of(layout.type(input.type())));
    }
  }

  /// Types of `Isyn` and of the additional inputs.
  Map<String, SnippetType> types() {
    return types;
  }

  /// Sums the inputs: declares `Isyn` and the additional inputs that are used or written, and runs
  /// the postsynaptic models.
  List<Stmt> lower(ElementScope scope, Uses uses) {
    var body = new ArrayList<Stmt>();
    List<SynapseGroup> postsynapses = layout.inputs.postsynapses(group.name());
    Set<String> needed = new HashSet<>();
    for (SynapseGroup synapses : postsynapses) {
      needed.add(synapses.postTargetVariable());
    }
    List<CurrentSource> sources =
        loop.spec().currentSources().stream()
            .filter(source -> source.target().equals(group.name()))
            .toList();
    sources.forEach(source -> needed.add(source.targetVariable()));
    var initial = new LinkedHashMap<String, Double>();
    initial.put("Isyn", 0.0);
    group.model().additionalInputs().forEach(input -> initial.put(input.name(), input.initial()));
    initial.forEach(
        (name, start) -> {
          if (needed.contains(name) || hasFeedback(name) || uses.mentions(name)) {
            Expr.Name input = input(scope, name);
            NumericType type = input.type().numeric();
            body.add(Build.declare(type, input.name(), Build.literal(type, start)));
          }
        });
    for (SynapseGroup synapses : postsynapses) {
      body.addAll(postsynapse(synapses, input(scope, synapses.postTargetVariable())));
    }
    for (String name : types.keySet()) {
      if (hasFeedback(name)) {
        body.addAll(feedback(name, input(scope, name)));
      }
    }
    for (CurrentSource source : sources) {
      body.addAll(inject(source, input(scope, source.targetVariable())));
    }
    return body;
  }

  /// The local that an input is summed in.
  private Expr.Name input(ElementScope scope, String name) {
    return Build.name(types.get(name), scope.inliner.local(name));
  }

  private boolean hasFeedback(String input) {
    return layout.hasFeedback(group.name(), input, Phase.FORWARD);
  }

  /// Adds what synapses sent back, and clears it.
  private List<Stmt> feedback(String input, Expr.Name target) {
    Rows rows = layout.feedback(group.name(), input, Phase.FORWARD);
    Expr sum = Build.element(layout.scalar, builder.row(rows, builder.example), loop.neuron());
    return List.of(
        Build.accumulate(target, Build.convert(target.type().numeric(), sum)),
        Build.assign(sum, Build.literal(layout.scalar, 0)));
  }

  private List<Stmt> postsynapse(SynapseGroup synapses, Expr.Name target) {
    List<Stmt> sim = loop.code().of(synapses).postsynapse();
    Uses uses = Uses.of(sim);
    if (layout.dendrites(synapses.name()).isPresent()) {
      uses = uses.and(new Uses(Set.of("inSyn"), Set.of("inSyn"), Set.of(), false));
    }
    ElementScope scope = loop.scope(uses);
    var postsynapse = synapses.postsynapse();
    Declarations declarations = postsynapse.model().declarations();
    loop.names(
        scope,
        VariableReference.Kind.POSTSYNAPTIC,
        synapses.name(),
        declarations,
        postsynapse.bindings());
    for (Variable variable : declarations.variables()) {
      loop.variable(
          scope, variable.name(), VariableReference.postsynaptic(synapses.name(), variable.name()));
    }
    neuronVariables(scope, postsynapse.model().neuronVariables(), postsynapse.neuronVariables());
    loop.variable(scope, "inSyn", VariableReference.synapticInput(synapses.name()));
    layout.dendrites(synapses.name()).ifPresent(ring -> addArrived(ring, scope));
    injectCurrent(scope, target);
    loop.randomNumbers(scope, uses, 1_000_000 + loop.spec().synapseGroups().indexOf(synapses));
    return body(scope, sim);
  }

  /// Adds the input that leaves the dendrites in this step.
  private void addArrived(DendriteRing ring, ElementScope scope) {
    Expr arrived = ring.arrived(builder, loop.neuron());
    Expr.Name input = Build.name(layout.scalar, scope.inliner.local("inSyn"));
    scope.loads.add(Build.accumulate(input, arrived));
    scope.loads.add(Build.assign(arrived, Build.literal(layout.scalar, 0)));
  }

  private List<Stmt> inject(CurrentSource source, Expr.Name target) {
    Declarations declarations = source.model().declarations();
    var draws =
        new PoissonDraws(
            loop.code().of(source), declarations.constants(source.bindings(), loop.spec().dt()));
    List<Stmt> code = draws.code();
    Uses uses = Uses.of(code);
    ElementScope scope = loop.scope(uses);
    int stream = 2_000_000 + loop.spec().currentSources().indexOf(source);
    draws.emit(
        builder, scope, loop.neuron(), group.size(), stream, ArrayTable.identifier(source.name()));
    loop.names(
        scope,
        VariableReference.Kind.CURRENT_SOURCE,
        source.name(),
        declarations,
        source.bindings());
    for (Variable variable : declarations.variables()) {
      loop.variable(
          scope, variable.name(), VariableReference.currentSource(source.name(), variable.name()));
    }
    neuronVariables(scope, source.model().neuronVariables(), source.neuronVariables());
    injectCurrent(scope, target);
    loop.randomNumbers(scope, uses, stream);
    return body(scope, code);
  }

  /// Variables of this group that a model at its input reads: as the step before has left them.
  private void neuronVariables(
      ElementScope scope,
      List<VariableDeclaration> declared,
      Map<String, VariableReference> bound) {
    for (VariableDeclaration reference : declared) {
      VariableReference variable =
          bound.getOrDefault(
              reference.name(), VariableReference.neuron(group.name(), reference.name()));
      loop.variable(scope, reference.name(), variable);
    }
  }

  private static void injectCurrent(ElementScope scope, Expr.Name target) {
    scope.inliner.bindFunction(
        "injectCurrent",
        arguments ->
            Build.addTo(target, Build.convert(target.type().numeric(), arguments.getFirst())));
  }

  private static List<Stmt> body(ElementScope scope, List<Stmt> code) {
    var body = new ArrayList<>(scope.loads);
    body.addAll(scope.inliner.inline(code));
    body.addAll(scope.stores);
    return body;
  }
}
