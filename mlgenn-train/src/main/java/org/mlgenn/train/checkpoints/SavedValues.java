package org.mlgenn.train.checkpoints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.VariableReference;
import org.genn.engine.runtime.Simulation;
import org.genn.engine.runtime.VariableView;
import org.genn.engine.snippet.NumericType;
import org.mlgenn.Shape;
import org.mlgenn.compilers.CompiledNetwork;
import org.mlgenn.compilers.SavedVariable;
import org.mlgenn.serialisers.NumpyArray;

/// Copies variables between a simulation and arrays for files.
public final class SavedValues {
  private SavedValues() {}

  /// The present values of all saved variables, by name.
  public static Map<String, NumpyArray> read(CompiledNetwork compiled, Simulation simulation) {
    var values = new LinkedHashMap<String, NumpyArray>();
    for (SavedVariable variable : compiled.savedVariables()) {
      values.put(variable.name(), read(simulation.variable(variable.variable()), variable.shape()));
    }
    return values;
  }

  /// The present values of a variable in the type that it has.
  public static NumpyArray read(VariableView view, Shape shape) {
    int[] sizes = shape.sizes().stream().mapToInt(Integer::intValue).toArray();
    if (view.type() == NumericType.FLOAT) {
      return NumpyArray.of(view.toArray(), sizes);
    }
    return view.type() == NumericType.DOUBLE
        ? NumpyArray.of(view.toDoubles(), sizes)
        : NumpyArray.of(view.toLongs(), sizes);
  }

  /// Sets a variable.
  ///
  /// @param name for messages
  /// @throws IllegalArgumentException for another number of values, or values that are no number
  public static void write(VariableView view, String name, NumpyArray values) {
    check(name, view.size(), values);
    if (view.type() == NumericType.FLOAT) {
      view.set(values.floats());
    } else if (view.type() == NumericType.DOUBLE) {
      view.set(values.doubles());
    } else {
      view.set(values.longs());
    }
  }

  /// Sets all saved variables; none of them if one is missing or does not fit.
  ///
  /// @throws IllegalArgumentException when a variable is missing, has another number of values, or
  ///   has values that are no number
  public static void write(
      CompiledNetwork compiled, Simulation simulation, Map<String, NumpyArray> values) {
    for (SavedVariable variable : compiled.savedVariables()) {
      NumpyArray array = values.get(variable.name());
      if (array == null) {
        throw new IllegalArgumentException(
            "variable '%s' is missing; there are %s".formatted(variable.name(), values.keySet()));
      }
      check(variable.name(), variable.shape().size(), array);
    }
    for (SavedVariable variable : compiled.savedVariables()) {
      write(simulation.variable(variable.variable()), variable.name(), values.get(variable.name()));
    }
  }

  /// What of the saved variables is missing or has another shape than the network gives it, one
  /// sentence each.
  public static List<String> differences(CompiledNetwork compiled, Map<String, NumpyArray> values) {
    var differences = new ArrayList<String>();
    for (SavedVariable variable : compiled.savedVariables()) {
      NumpyArray saved = values.get(variable.name());
      if (saved == null) {
        differences.add(
            "'%s' was not saved; connections must have the names that they had"
                .formatted(variable.name()));
        continue;
      }
      Shape shape = Shape.of(saved.shape());
      if (!shape.equals(variable.shape())) {
        differences.add(
            "'%s' was saved with shape %s, here it has %s; populations must have the sizes that they had"
                .formatted(variable.name(), shape, variable.shape()));
      }
    }
    return differences;
  }

  private static void check(String name, int size, NumpyArray values) {
    if (values.size() != size) {
      throw new IllegalArgumentException(
          "variable '%s': got %d values, expected %d".formatted(name, values.size(), size));
    }
    if (values.type().isFloat()) {
      for (int index = 0; index < size; index++) {
        if (!Double.isFinite(values.doubleAt(index))) {
          throw new IllegalArgumentException(
              "variable '%s': value %d is %s, expected a finite number"
                  .formatted(name, index, values.doubleAt(index)));
        }
      }
    }
  }

  /// @throws IllegalArgumentException when a saved variable has a value that is no number
  public static void requireFinite(CompiledNetwork compiled, Simulation simulation) {
    read(compiled, simulation).forEach((name, values) -> check(name, values.size(), values));
  }

  /// The shape of a variable that is not among the saved ones.
  public static Shape shape(VariableView view) {
    return Shape.of(view.shape());
  }

  /// Names an optimiser's state.
  public static String optimiserKey(String variable, VariableReference state) {
    return variable + "-" + state.variable();
  }
}
