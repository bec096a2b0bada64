package org.mlgenn.train;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mlgenn.data.Examples;
import org.mlgenn.data.Sha256;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.data.Targets;

/// Examples that a function gives for each epoch: augmentation, or data drawn afresh.
///
/// ```java
/// trainer.train(PerEpochExamples.of(epoch -> drawExamples(SplitMix64.of(seed, epoch, 0))), 10);
/// ```
///
/// For training to be resumed exactly, the function must give the same examples whenever it is
/// asked for the same epoch.
public final class PerEpochExamples implements Examples {
  private final IntFunction<? extends Examples> supplier;
  private final Examples present;
  private final int[] selection;

  private PerEpochExamples(
      IntFunction<? extends Examples> supplier, Examples present, int[] selection) {
    this.supplier = supplier;
    this.present = present;
    this.selection = selection;
  }

  /// @param supplier gives the examples of an epoch, the same number in all; asked for epoch 0 at
  ///   once
  public static PerEpochExamples of(IntFunction<? extends Examples> supplier) {
    Examples first = supplier.apply(0);
    return new PerEpochExamples(supplier, first, IntStream.range(0, first.size()).toArray());
  }

  @Override
  public Examples inEpoch(int epoch) {
    Examples examples = supplier.apply(epoch);
    if (examples.size() != present.size()) {
      throw new IllegalArgumentException(
          "data: %d examples in epoch %d, expected %d as in epoch 0"
              .formatted(examples.size(), epoch, present.size()));
    }
    return selection.length == present.size() && isIdentity()
        ? examples
        : examples.select(selection);
  }

  private boolean isIdentity() {
    for (int example = 0; example < selection.length; example++) {
      if (selection[example] != example) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int size() {
    return selection.length;
  }

  @Override
  public int neurons() {
    return present.neurons();
  }

  @Override
  public int timesteps() {
    return present.timesteps();
  }

  @Override
  public SpikeTrain input(int example) {
    return present.input(selection[example]);
  }

  @Override
  public Targets targets() {
    return isIdentity() ? present.targets() : present.targets().select(selection);
  }

  @Override
  public Examples select(int... examples) {
    return new PerEpochExamples(
        supplier, present, IntStream.of(examples).map(example -> selection[example]).toArray());
  }

  /// Of the examples of epoch 0.
  @Override
  public String sha256() {
    return new Sha256().add("per epoch").add(present.sha256()).add(selection).hex();
  }

  @Override
  public String toString() {
    return "PerEpochExamples[%s]".formatted(present);
  }
}
