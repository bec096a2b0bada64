package org.mlgenn.compilers.parts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.InputVariable;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Phase;
import org.genn.engine.model.TapeModel;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.mlgenn.Population;
import org.mlgenn.compilers.OutputPopulation;
import org.mlgenn.parts.Contribution;
import org.mlgenn.parts.Stage;
import org.mlgenn.readouts.Readout;
import org.mlgenn.readouts.ReadoutContext;

/// The engine model of a population, put together from what several parties contribute. Immutable;
/// methods return extended copies.
///
/// Code of a stage runs in the order in which the contributions were added. Stages become
///
/// ```
/// forward sim code      PREPARE, INTEGRATE, READ_OUT, STORE_ERROR
/// threshold condition   THRESHOLD
/// reset code            AT_SPIKE, RESET
/// backward sim code     DRIVE, ADJOINT, SILENT_ERROR
/// replay code           JUMP, SPIKE_TIME_ERROR, REGULARISE
/// ```
///
/// Code of the others is for custom updates; `code(Stage)` has it.
///
/// Code may use the parameters `ExampleTime` (ms) and `ExampleTimesteps`; they are added where it
/// does.
///
/// @param population whose model this is
/// @param exampleTimesteps timesteps of an example
/// @param dt duration of a timestep (ms)
/// @param inputs inputs besides `Isyn`
/// @param tape what is taped at a spike; its replay code is that of the contributions
public record NeuronAssembly(
    Population population,
    int exampleTimesteps,
    double dt,
    List<Contribution> contributions,
    List<InputVariable> inputs,
    Optional<TapeModel> tape) {
  private static final Set<Stage> FORWARD =
      Set.of(Stage.PREPARE, Stage.INTEGRATE, Stage.READ_OUT, Stage.STORE_ERROR);
  private static final Set<Stage> AT_SPIKE = Set.of(Stage.AT_SPIKE, Stage.RESET);
  private static final Set<Stage> BACKWARD = Set.of(Stage.DRIVE, Stage.ADJOINT, Stage.SILENT_ERROR);
  private static final Set<Stage> REPLAY =
      Set.of(Stage.JUMP, Stage.SPIKE_TIME_ERROR, Stage.REGULARISE);

  public NeuronAssembly {
    contributions = List.copyOf(contributions);
    inputs = List.copyOf(inputs);
  }

  public NeuronAssembly(Population population, int exampleTimesteps, double dt) {
    this(population, exampleTimesteps, dt, List.of(), List.of(), Optional.empty());
  }

  public NeuronAssembly add(Contribution contribution) {
    return new NeuronAssembly(
        population, exampleTimesteps, dt, plus(contributions, contribution), inputs, tape);
  }

  /// Adds an input variable besides `Isyn`.
  public NeuronAssembly input(String name, double initial) {
    return new NeuronAssembly(
        population,
        exampleTimesteps,
        dt,
        contributions,
        plus(inputs, new InputVariable(name, "scalar", initial)),
        tape);
  }

  /// Tapes the spikes.
  ///
  /// @param recordWhen condition under which a spike is taped, or empty for always
  /// @param replayWhen condition under which a taped spike is replayed, or empty for always
  public NeuronAssembly tape(List<TapeModel.Field> fields, String recordWhen, String replayWhen) {
    return new NeuronAssembly(
        population,
        exampleTimesteps,
        dt,
        contributions,
        inputs,
        Optional.of(new TapeModel(fields, recordWhen, replayWhen, "")));
  }

  private static <T> List<T> plus(List<T> list, T element) {
    var extended = new ArrayList<>(list);
    extended.add(element);
    return extended;
  }

  /// Code of a stage, of all contributions in order; empty where there is none.
  public String code(Stage stage) {
    return contributions.stream()
        .flatMap(contribution -> Stream.ofNullable(contribution.code().get(stage)))
        .collect(Collectors.joining("\n"));
  }

  private String code(Set<Stage> stages) {
    return Stream.of(Stage.values())
        .filter(stages::contains)
        .map(this::code)
        .filter(code -> !code.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /// The same with the parameters of the example that code mentions.
  private NeuronAssembly withExample() {
    var example = new Contribution("the example");
    if (mentions("ExampleTime")) {
      example = example.parameter("ExampleTime", exampleTimesteps * dt);
    }
    if (mentions("ExampleTimesteps")) {
      example = example.parameter("ExampleTimesteps", exampleTimesteps);
    }
    return add(example);
  }

  private boolean mentions(String name) {
    var word = Pattern.compile("\\b" + name + "\\b");
    var fields =
        tape.stream().flatMap(taped -> taped.fields().stream()).map(TapeModel.Field::expression);
    var conditions =
        tape.stream().flatMap(taped -> Stream.of(taped.recordWhen(), taped.replayWhen()));
    var code =
        contributions.stream().flatMap(contribution -> contribution.code().values().stream());
    return Stream.of(code, fields, conditions)
        .flatMap(texts -> texts)
        .anyMatch(text -> word.matcher(text).find());
  }

  /// All states, in order.
  public List<Contribution.State> states() {
    return contributions.stream().flatMap(contribution -> contribution.states().stream()).toList();
  }

  /// How the answer of the population is read.
  ///
  /// @throws IllegalArgumentException when it has no readout, or nobody contributes the readout's
  ///   variable
  public OutputPopulation output(ReadoutContext context) {
    Readout readout =
        population
            .neuron()
            .readout()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "population '%s' has no readout; give its neuron one with readout(…)"
                            .formatted(population.name())));
    String name = readout.variable(context);
    Variable variable =
        states().stream()
            .map(Contribution.State::variable)
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "population '%s': readout %s reads '%s', which nobody contributes"
                            .formatted(population.name(), readout.name(), name)));
    return new OutputPopulation(
        population.name(),
        readout,
        VariableReference.neuron(population.name(), name),
        variable.type(),
        population.shape());
  }

  /// The neuron group.
  ///
  /// @throws IllegalArgumentException when two parties contribute the same name
  public NeuronGroup group() {
    NeuronAssembly complete = withExample();
    return new NeuronGroup(
        population.name(),
        population.size(),
        complete.model(),
        complete.bindings(),
        population.recordsSpikes(),
        population.recordsSpikeEvents());
  }

  private NeuronModel model() {
    checkNames();
    var model =
        population.neuron().spikesFromOutside()
            ? NeuronModel.externalSpikes(population.neuron().name())
            : new NeuronModel(population.neuron().name());
    for (Contribution contribution : contributions) {
      for (String parameter : contribution.parameters().keySet()) {
        model = model.parameter(parameter);
      }
      for (Contribution.State state : contribution.states()) {
        model = model.variable(state.variable());
      }
    }
    for (InputVariable input : inputs) {
      model = model.additionalInput(input.name(), input.initial());
    }
    model = withCode(model, Phase.FORWARD, code(FORWARD));
    model = withCode(model, Phase.BACKWARD, code(BACKWARD));
    model = model.thresholdCondition(threshold()).resetCode(code(AT_SPIKE));
    return tape.isEmpty() ? model : model.tape(tapeModel(tape.get()));
  }

  private static NeuronModel withCode(NeuronModel model, Phase phase, String code) {
    return code.isEmpty() ? model : model.simCode(phase, code);
  }

  private TapeModel tapeModel(TapeModel taped) {
    return new TapeModel(taped.fields(), taped.recordWhen(), taped.replayWhen(), code(REPLAY));
  }

  private String threshold() {
    var parties =
        contributions.stream().filter(each -> each.code().containsKey(Stage.THRESHOLD)).toList();
    if (parties.size() > 1) {
      throw new IllegalArgumentException(
          "population '%s': both %s and %s give a threshold condition"
              .formatted(population.name(), parties.get(0).party(), parties.get(1).party()));
    }
    return code(Stage.THRESHOLD);
  }

  private void checkNames() {
    var owners = new HashMap<String, String>();
    for (Contribution contribution : contributions) {
      contribution.parameters().keySet().forEach(name -> claim(owners, name, contribution.party()));
      contribution.states().stream()
          .map(Contribution.State::variable)
          .map(Variable::name)
          .forEach(name -> claim(owners, name, contribution.party()));
    }
    inputs.forEach(input -> claim(owners, input.name(), "an additional input"));
  }

  private void claim(Map<String, String> owners, String name, String party) {
    String other = owners.putIfAbsent(name, party);
    if (other != null) {
      throw new IllegalArgumentException(
          "population '%s': '%s' is contributed by %s and by %s"
              .formatted(population.name(), name, other, party));
    }
  }

  private Bindings bindings() {
    var bindings = Bindings.NONE;
    for (Contribution contribution : contributions) {
      for (var parameter : contribution.parameters().entrySet()) {
        bindings = bindings.parameter(parameter.getKey(), parameter.getValue());
      }
      for (Contribution.State state : contribution.states()) {
        bindings = bindings.initialValue(state.variable().name(), state.initial());
      }
    }
    return bindings;
  }
}
