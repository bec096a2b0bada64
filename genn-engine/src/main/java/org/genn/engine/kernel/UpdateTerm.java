package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.CustomUpdate;
import org.genn.engine.model.CustomUpdateVariable;
import org.genn.engine.model.VariableDeclaration;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/// A variable or a reference of a custom update that is in memory, and how values that are reduced
/// to it are combined.
///
/// @param name in the update's code
record UpdateTerm(String name, Place place, Kind kind) {

  private enum Kind {
    PLAIN,
    BATCH_SUM,
    BATCH_MAX,
    NEURON_SUM,
    NEURON_MAX
  }

  /// The update's variables, then its references but those that have no array of their own: numbers
  /// of spikes, input in dendrites.
  static List<UpdateTerm> of(CustomUpdate update, Dimensions dimensions, Layout layout) {
    var terms = new ArrayList<UpdateTerm>();
    for (CustomUpdateVariable variable : update.model().variables()) {
      Kind kind =
          switch (variable.access()) {
            case READ_WRITE,
                READ_ONLY,
                BROADCAST_DELAY,
                READ_ONLY_SHARED,
                READ_ONLY_SHARED_NEURON ->
                Kind.PLAIN;
            case REDUCE_BATCH_SUM -> Kind.BATCH_SUM;
            case REDUCE_BATCH_MAX -> Kind.BATCH_MAX;
            case REDUCE_NEURON_SUM -> Kind.NEURON_SUM;
            case REDUCE_NEURON_MAX -> Kind.NEURON_MAX;
          };
      var reference = VariableReference.customUpdate(update.name(), variable.name());
      terms.add(new UpdateTerm(variable.name(), layout.place(reference), kind));
    }
    for (VariableDeclaration declared : update.model().references()) {
      VariableReference reference = update.references().get(declared.name());
      if (reference.kind() != VariableReference.Kind.SPIKE_COUNT
          && reference.kind() != VariableReference.Kind.DENDRITIC_DELAY) {
        Place place = layout.place(reference);
        terms.add(new UpdateTerm(declared.name(), place, kind(declared, place, dimensions)));
      }
    }
    return terms;
  }

  private static Kind kind(VariableDeclaration declared, Place place, Dimensions dimensions) {
    boolean overBatch =
        dimensions.copies() != Symbol.Copies.SHARED && place.copies() == Symbol.Copies.SHARED;
    return switch (declared.mode()) {
      case REDUCE_SUM -> overBatch ? Kind.BATCH_SUM : Kind.NEURON_SUM;
      case REDUCE_MAX -> overBatch ? Kind.BATCH_MAX : Kind.NEURON_MAX;
      case READ_WRITE, READ_ONLY, BROADCAST -> Kind.PLAIN;
    };
  }

  boolean isReduction() {
    return kind != Kind.PLAIN;
  }

  boolean overBatch() {
    return kind == Kind.BATCH_SUM || kind == Kind.BATCH_MAX;
  }

  boolean isSum() {
    return kind == Kind.BATCH_SUM || kind == Kind.NEURON_SUM;
  }

  /// What a reduction starts with.
  Expr start() {
    return isSum() ? Build.literal(place.type(), 0) : lowest(place.type());
  }

  private static Expr lowest(NumericType type) {
    return switch (type) {
      case FLOAT -> Build.literal(type, -Float.MAX_VALUE);
      case DOUBLE -> Build.literal(type, -Double.MAX_VALUE);
      case BOOL, UINT8, UINT16, UINT32, UINT64 -> Build.literal(type, 0);
      case INT8 -> Build.literal(type, Byte.MIN_VALUE);
      case INT16 -> Build.literal(type, Short.MIN_VALUE);
      case INT32 -> Build.literal(type, Integer.MIN_VALUE);
      case INT64 -> new Expr.Literal(SnippetType.of(type), Long.MIN_VALUE);
    };
  }

  /// `target` combined with `value`.
  Stmt combine(Expr target, Expr value) {
    return isSum()
        ? Build.accumulate(target, value)
        : Build.when(
            Build.binary(BinaryOperator.GREATER, value, target),
            List.of(Build.assign(target, value)));
  }
}
