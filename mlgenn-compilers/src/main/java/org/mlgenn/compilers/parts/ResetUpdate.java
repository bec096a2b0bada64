package org.mlgenn.compilers.parts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.CustomUpdateVarAccess;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelParameter;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.mlgenn.parts.Contribution;

/// Custom updates that set variables back to their initial values at the start of a trial.
public final class ResetUpdate {
  /// Group of the updates that a trial begins with.
  public static final String GROUP = "Reset";

  private ResetUpdate() {}

  /// Sets back those states of a population that reset; empty when none does.
  public static Optional<CustomUpdate> neurons(String population, List<Contribution.State> states) {
    var resets =
        states.stream()
            .filter(state -> state.resets() && !state.variable().perStep())
            .map(
                state ->
                    new Target(
                        state.variable(),
                        state.initial(),
                        VariableReference.neuron(population, state.variable().name())))
            .toList();
    return resets.isEmpty() ? Optional.empty() : Optional.of(update("Reset_" + population, resets));
  }

  /// Sets back the variables of a connection's synapses: those of its postsynaptic model that
  /// change, and the summed input if asked for; empty when there are none.
  public static Optional<CustomUpdate> synapses(
      String connection, Postsynapse postsynapse, boolean resetsVariables, boolean resetsInput) {
    var resets = new ArrayList<Target>();
    if (resetsVariables) {
      for (Variable variable : postsynapse.model().declarations().variables()) {
        InitialValue initial = postsynapse.bindings().initialValues().get(variable.name());
        if (variable.access().isWritable() && initial != null) {
          resets.add(
              new Target(
                  variable, initial, VariableReference.postsynaptic(connection, variable.name())));
        }
      }
    }
    if (resetsInput) {
      resets.add(
          new Target(
              new Variable("inSyn"),
              InitialValue.of(0),
              VariableReference.synapticInput(connection)));
    }
    return resets.isEmpty() ? Optional.empty() : Optional.of(update("Reset_" + connection, resets));
  }

  private record Target(Variable variable, InitialValue initial, VariableReference reference) {}

  private static CustomUpdate update(String name, List<Target> targets) {
    var declarations = Declarations.NONE;
    var bindings = Bindings.NONE;
    var initials = new ArrayList<CustomUpdateVariable>();
    var code = new ArrayList<String>();
    for (Target target : targets) {
      Variable variable = target.variable();
      String initial = variable.name() + "Initial";
      switch (target.initial()) {
        case InitialValue.Constant(double value) -> {
          declarations = declarations.parameter(new ModelParameter(initial, variable.type()));
          bindings = bindings.parameter(initial, value);
        }
        case InitialValue.Values _,
            InitialValue.Normal _,
            InitialValue.Uniform _,
            InitialValue.Snippet _ -> {
          initials.add(
              new CustomUpdateVariable(
                  initial, variable.type(), CustomUpdateVarAccess.READ_ONLY_SHARED));
          bindings = bindings.initialValue(initial, target.initial());
        }
      }
      code.add("%s = %s;".formatted(variable.name(), initial));
    }
    var model = new CustomUpdateModel("Reset", String.join("\n", code)).declarations(declarations);
    for (CustomUpdateVariable initial : initials) {
      model = model.variable(initial);
    }
    for (Target target : targets) {
      model =
          model.reference(
              new VariableDeclaration(
                  target.variable().name(), target.variable().type(), VarAccessMode.READ_WRITE));
    }
    var update = new CustomUpdate(name, GROUP, model, bindings);
    for (Target target : targets) {
      update = update.reference(target.variable().name(), target.reference());
    }
    return update;
  }
}
