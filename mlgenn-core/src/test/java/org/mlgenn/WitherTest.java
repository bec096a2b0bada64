package org.mlgenn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mlgenn.connectivity.Dense;
import org.mlgenn.initializers.Value;
import org.mlgenn.losses.RelativeMeanSquareError;
import org.mlgenn.losses.SparseCategoricalCrossentropy;
import org.mlgenn.neurons.IntegrateFire;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Refractoriness;
import org.mlgenn.neurons.Reset;
import org.mlgenn.neurons.SpikeInput;
import org.mlgenn.readouts.Var;
import org.mlgenn.synapses.Exponential;

/// Methods that return a changed copy are boring code; this one test covers them all.
class WitherTest {
  private static final double OTHER_NUMBER = 3.25;

  static Stream<Record> records() {
    return Stream.of(
        new LeakyIntegrateFire(),
        new LeakyIntegrate(),
        new IntegrateFire(),
        new SpikeInput(),
        new Refractoriness(2),
        new Exponential(),
        new SparseCategoricalCrossentropy(),
        new RelativeMeanSquareError(1),
        new Dense(1));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyWitherChangesOnlyItsOwnComponent(Record original) throws Exception {
    for (RecordComponent component : original.getClass().getRecordComponents()) {
      for (Method wither : original.getClass().getMethods()) {
        if (wither.getName().equals(component.getName()) && wither.getParameterCount() == 1) {
          check(original, component, wither);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyComponentHasAWither(Record original) {
    for (RecordComponent component : original.getClass().getRecordComponents()) {
      long withers =
          Stream.of(original.getClass().getMethods())
              .filter(each -> each.getName().equals(component.getName()))
              .filter(each -> each.getParameterCount() == 1)
              .filter(each -> each.getReturnType() == original.getClass())
              .count();
      int expected = component.getType() == Value.class && !(original instanceof Dense) ? 2 : 1;
      assertEquals(expected, withers, component.toString());
    }
  }

  private static void check(Record original, RecordComponent changed, Method wither)
      throws Exception {
    Object argument = other(wither.getParameterTypes()[0], changed.getAccessor().invoke(original));
    Object copy = wither.invoke(original, argument);
    for (RecordComponent each : original.getClass().getRecordComponents()) {
      Object expected =
          each.getName().equals(changed.getName())
              ? component(each, argument)
              : each.getAccessor().invoke(original);
      assertEquals(expected, each.getAccessor().invoke(copy), wither + ": " + each.getName());
    }
  }

  private static Object other(Class<?> type, Object current) {
    if (type == double.class) {
      return OTHER_NUMBER;
    }
    if (type == Value.class) {
      return Value.of(OTHER_NUMBER);
    }
    return switch (current) {
      case Boolean flag -> !flag;
      case Integer number -> number + 1;
      case Reset reset -> reset == Reset.SUBTRACT ? Reset.TO_RESET : Reset.SUBTRACT;
      case Optional<?> _ -> type == Refractoriness.class ? new Refractoriness(7) : new Var();
      default -> throw new AssertionError("no second value for " + type);
    };
  }

  private static Object component(RecordComponent component, Object argument) {
    if (component.getType() == Optional.class) {
      return Optional.of(argument);
    }
    return component.getType() == Value.class && argument instanceof Double number
        ? Value.of(number)
        : argument;
  }
}
