package org.mlgenn.connectivity;

import org.mlgenn.Shape;
import org.mlgenn.initializers.Requirement;
import org.mlgenn.initializers.Value;
import org.mlgenn.initializers.Values;

/// Every source neuron is connected to every target neuron.
///
/// An array of weights tells the shapes of populations that have none: its rows belong to the
/// source neurons and its columns to the target neurons.
///
/// @param weight of each synapse (dimensionless); an array is `(source, target)`
public record Dense(Value weight) implements Connectivity {
  public Dense {
    weight.require("Dense: weight", Requirement.FINITE);
    if (weight instanceof Values values && values.sizes().size() != 2) {
      throw new IllegalArgumentException(
          "Dense: an array of weights must be (source, target), got the sizes %s"
              .formatted(values.sizes()));
    }
  }

  public Dense(double weight) {
    this(Value.of(weight));
  }

  public Dense(float[][] weight) {
    this(Value.of(weight));
  }

  @Override
  public Dense weight(Value weight) {
    return new Dense(weight);
  }

  @Override
  public Ends infer(Ends ends) {
    // ml_genn: connectivity/dense.py asks for a source of shape (n) exactly; any shape of as many
    // neurons is as good.
    return weight instanceof Values values
        ? new Ends(
            fit("source", "rows", ends.source(), values.sizes().get(0)),
            fit("target", "columns", ends.target(), values.sizes().get(1)))
        : ends;
  }

  private static Shape fit(String end, String what, Shape shape, int size) {
    if (!shape.isKnown()) {
      return Shape.of(size);
    }
    if (shape.size() != size) {
      throw new IllegalArgumentException(
          "the weights have %d %s, the %s population has the shape %s (%d neurons)"
              .formatted(size, what, end, shape, shape.size()));
    }
    return shape;
  }

  @Override
  public org.genn.engine.model.Connectivity matrix(Ends ends) {
    return new org.genn.engine.model.Connectivity.Dense();
  }

  @Override
  public Shape weightShape(Ends ends) {
    return Shape.of(ends.source().size(), ends.target().size());
  }

  @Override
  public String structure() {
    return "Dense";
  }
}
