package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Precision;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// What the engine logs is chosen by the levels of its loggers, which are named after its packages:
/// GeNN's levels for the runtime, the back ends and so on.
@Feature("R16")
class LoggingTest {
  private static final NeuronModel DIVIDES =
      new NeuronModel("Divides").variable("x").simCode("x = (scalar) (1 / (int) x);");

  private static void step() {
    try (var model = new GeNNModel(Precision.FLOAT, "logged", "jvm")) {
      model.setPreferences(Models.settings().threads(1));
      model.addNeuronPopulation("n", 1, DIVIDES, Map.of(), Map.of("x", 0));
      model.build();
      model.load();
      model.stepTime();
    }
  }

  /// GeNN fails to load such a model.
  @Test
  @Feature("M13")
  void anArrayThatNoCodeUsesIsAWarning() {
    var unused =
        new NeuronModel("Unused")
            .variable("x")
            .extraGlobalParameter("given", "scalar*")
            .extraGlobalParameter("open", "scalar*")
            .simCode("x += 1.0; // given, open");
    Logger engine = (Logger) LoggerFactory.getLogger("org.genn.engine");
    var seen = new ListAppender<ILoggingEvent>();
    seen.start();
    engine.addAppender(seen);
    try (var model = new GeNNModel(Precision.FLOAT, "unused", "jvm")) {
      model.setPreferences(Models.settings().threads(1).backend("jvm"));
      var n = model.addNeuronPopulation("n", 1, unused, Map.of(), Map.of("x", 0));
      n.extraGlobalParams().get("given").setInitValues(new float[] {1, 2});
      model.build();
      model.load();
      model.stepTime();
      assertEquals(1, n.vars().get("x").values()[0]);
      assertArrayEquals(new float[] {1, 2}, n.extraGlobalParams().get("given").values());
      assertEquals(0, n.extraGlobalParams().get("open").view().length());
    } finally {
      engine.detachAppender(seen);
    }
    assertEquals(
        List.of("model 'unused': extra global parameter 'n.given' has values, but no code uses it"),
        seen.list.stream()
            .filter(event -> event.getLevel() == Level.WARN)
            .map(ILoggingEvent::getFormattedMessage)
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "org.genn.engine, WARN, 1",
    "org.genn.engine, ERROR, 0",
    "org.genn.engine.runtime, DEBUG, 1",
    "org.genn.engine.runtime, OFF, 0",
    "org.genn.engine.backend, OFF, 1"
  })
  void levelsOfPackagesDecide(String logger, String level, int expected) {
    Logger set = (Logger) LoggerFactory.getLogger(logger);
    Logger engine = (Logger) LoggerFactory.getLogger("org.genn.engine");
    var seen = new ListAppender<ILoggingEvent>();
    Level before = set.getLevel();
    seen.start();
    engine.addAppender(seen);
    set.setLevel(Level.toLevel(level));
    try {
      step();
    } finally {
      set.setLevel(before);
      engine.detachAppender(seen);
    }
    List<String> warnings =
        seen.list.stream()
            .filter(event -> event.getLevel() == Level.WARN)
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    assertEquals(
        expected == 0
            ? List.of()
            : List.of("model 'logged': an integer was divided by zero; the result was taken as 0"),
        warnings);
  }
}
