package org.mlgenn.compilers.eventprop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.Population;
import org.mlgenn.Shape;
import org.mlgenn.compilers.Compatibility;
import org.mlgenn.compilers.SimulationSettings;
import org.mlgenn.losses.MeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.optimisers.Adam;
import org.mlgenn.parts.LossTiming;

/// Methods that return a changed copy are boring code; this one test covers them all.
class CompilerWitherTest {
  private static final Map<Class<?>, Object> OTHERS =
      Map.of(
          int.class,
          7,
          double.class,
          3.25,
          boolean.class,
          true,
          SimulationSettings.class,
          new SimulationSettings().dt(0.5),
          Losses.class,
          new Losses().all(new MeanSquareError()),
          org.mlgenn.optimisers.Optimiser.class,
          new Adam(0.5),
          Regularisations.class,
          Regularisations.NONE.all(new Regularisation(1, 2)),
          Tapes.class,
          new Tapes(9, true),
          TrainingOrder.class,
          TrainingOrder.OVERLAPPED,
          Set.class,
          Set.of(Compatibility.MAXIMUM_FROM_ZERO));

  static Stream<Record> records() {
    return Stream.of(new EventPropCompiler(20), new Regularisation(1, 2), new Tapes());
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyComponentHasAWitherThatChangesNothingElse(Record original) throws Exception {
    for (RecordComponent component : original.getClass().getRecordComponents()) {
      Object other = OTHERS.get(component.getType());
      Object copy =
          original
              .getClass()
              .getMethod(component.getName(), component.getType())
              .invoke(original, other);
      for (RecordComponent each : original.getClass().getRecordComponents()) {
        Object value = each.getAccessor().invoke(copy);
        if (each.getName().equals(component.getName())) {
          assertEquals(other, value);
          assertNotEquals(each.getAccessor().invoke(original), value);
        } else {
          assertEquals(each.getAccessor().invoke(original), value, component + ": " + each);
        }
      }
    }
  }

  @Test
  void shortFormsReachIntoTheirParts() {
    var population = new Population("out", new LeakyIntegrate(), Shape.of(2));
    var loss = new MeanSquareError();
    var regularisation = new Regularisation(1, 2);
    var compiler =
        new EventPropCompiler(20)
            .loss(new SparseCategoricalCrossentropy())
            .loss(population, loss)
            .perTimestepLoss(true)
            .ttfsAlpha(0.5)
            .regularisation(regularisation)
            .regularisation(population, Regularisation.NONE)
            .maxSpikes(3)
            .strictTapes(true)
            .compatibility(Compatibility.MAXIMUM_FROM_ZERO);
    assertEquals(
        new Losses(
            Optional.of(new SparseCategoricalCrossentropy()),
            Map.of("out", loss),
            LossTiming.PER_TIMESTEP,
            0.5),
        compiler.losses());
    assertEquals(
        new Regularisations(regularisation, Map.of("out", Regularisation.NONE)),
        compiler.regularisations());
    assertEquals(new Tapes(3, true), compiler.tapes());
    assertEquals(Set.of(Compatibility.MAXIMUM_FROM_ZERO), compiler.compatibility());
  }
}
