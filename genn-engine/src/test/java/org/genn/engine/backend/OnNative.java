package org.genn.engine.backend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The tests of a class run on the `native` back end where they ask for `auto`; skipped with the
/// reason where it isn't available. A class that has nothing but this extends the one that runs on
/// `jvm`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(OnNative.Choice.class)
public @interface OnNative {

  /// Sets what `auto` means.
  final class Choice implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final String PROPERTY = "mlgenn.backend";

    private String before = "auto";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      var availability =
          Backends.all().stream()
              .filter(backend -> backend.name().equals("native"))
              .findFirst()
              .orElseThrow()
              .availability();
      return availability.isAvailable()
          ? ConditionEvaluationResult.enabled(availability.detail())
          : ConditionEvaluationResult.disabled("native back end: " + availability.detail());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      before = System.getProperty(PROPERTY, "auto");
      System.setProperty(PROPERTY, "native");
    }

    @Override
    public void afterAll(ExtensionContext context) {
      System.setProperty(PROPERTY, before);
    }
  }
}
