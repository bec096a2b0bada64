package org.genn.engine.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.genn.engine.model.CustomConnectivityUpdate;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccessMode;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.Stmt;

/// What updates set the input of synapse groups to, and the variables of their postsynaptic models.
/// Such an update may do it once for several groups that share them, as long as it does the same
/// for each.
final class InputResets {
  private final ModelSpec spec;
  private final ModelCode code;
  private final Map<String, Set<Reset>> resets = new HashMap<>();

  /// Groups of which something else is done with the input than to set it to a number.
  private final Set<String> others = new HashSet<>();

  /// An update sets a variable to a number.
  ///
  /// @param updates group of the update
  record Reset(
      String updates,
      VariableReference.Kind kind,
      String variable,
      VarAccessMode mode,
      double value) {}

  InputResets(ModelSpec spec, ModelCode code) {
    this.spec = spec;
    this.code = code;
    spec.customUpdates().forEach(this::note);
    for (CustomConnectivityUpdate update : spec.customConnectivityUpdates()) {
      noteOthers(update.references().pre().values());
      noteOthers(update.references().post().values());
    }
    spec.synapseGroups().forEach(group -> noteOthers(End.POST.names(group).values()));
  }

  /// The resets of a group; nothing where updates or synapses refer to its input, or to a variable
  /// of its postsynaptic model, in any other way.
  Optional<Set<Reset>> of(SynapseGroup group) {
    return others.contains(group.name())
        ? Optional.empty()
        : Optional.of(resets.getOrDefault(group.name(), Set.of()));
  }

  private static boolean isInput(VariableReference reference) {
    return switch (reference.kind()) {
      case SYNAPTIC_INPUT, DENDRITIC_DELAY, POSTSYNAPTIC -> true;
      default -> false;
    };
  }

  private void noteOthers(Collection<VariableReference> references) {
    references.stream()
        .filter(InputResets::isInput)
        .forEach(reference -> others.add(reference.group()));
  }

  private void note(CustomUpdate update) {
    for (VariableDeclaration declared : update.model().references()) {
      VariableReference reference = update.references().get(declared.name());
      if (!isInput(reference)) {
        continue;
      }
      OptionalDouble value = number(update, declared.name());
      if (value.isEmpty()) {
        others.add(reference.group());
        continue;
      }
      resets
          .computeIfAbsent(reference.group(), _ -> new HashSet<>())
          .add(
              new Reset(
                  update.group(),
                  reference.kind(),
                  reference.variable(),
                  declared.mode(),
                  value.getAsDouble()));
    }
  }

  /// The number that an update sets a reference to, if it does that and nothing else.
  private OptionalDouble number(CustomUpdate update, String reference) {
    OptionalDouble number = OptionalDouble.empty();
    for (Stmt statement : code.of(update)) {
      if (!Uses.of(List.of(statement)).mentions(reference)) {
        continue;
      }
      if (number.isPresent()
          || !(statement
              instanceof Stmt.Evaluate(Expr.Assign(_, Expr.Name target, var how, var value)))
          || !target.name().equals(reference)
          || !how.isPlain()) {
        return OptionalDouble.empty();
      }
      number = number(update, value);
      if (number.isEmpty()) {
        return number;
      }
    }
    return number;
  }

  private OptionalDouble number(CustomUpdate update, Expr value) {
    return switch (value) {
      case Expr.Convert(_, Expr operand) -> number(update, operand);
      case Expr.Literal literal -> OptionalDouble.of(literal.real());
      case Expr.Name(_, String name) -> {
        Double constant =
            update.model().declarations().constants(update.bindings(), spec.dt()).get(name);
        yield constant == null ? OptionalDouble.empty() : OptionalDouble.of(constant);
      }
      default -> OptionalDouble.empty();
    };
  }
}
