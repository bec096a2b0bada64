package org.mlgenn.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Log messages as plain lines on the standard error output: what the program says about itself.
/// Quicker than a configuration file. The system property `mlgenn.log` sets the level.
public final class LogConfiguration extends ContextAwareBase implements Configurator {
  static final String LEVEL = "mlgenn.log";

  private static final String INFO_PATTERN = "%msg%n";
  private static final String OTHER_PATTERN = "%-5level %logger{0}: %msg%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Level level = Level.toLevel(System.getProperty(LEVEL), Level.INFO);
    var layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern(level.isGreaterOrEqual(Level.INFO) ? INFO_PATTERN : OTHER_PATTERN);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("org.genn").setLevel(level);
    context.getLogger("org.mlgenn").setLevel(level);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
