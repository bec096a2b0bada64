package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArgumentsTest {
  private static final List<CommandOption> OPTIONS =
      List.of(
          CommandOption.value("epochs", "N", "times that all examples are shown").standard(10),
          CommandOption.value("seed", "N", "seed").standard(1),
          CommandOption.value("rate", "R", "learning rate").standard(0.01),
          CommandOption.value("data", "DIR", "folder"),
          CommandOption.flag("plain", "as it was"));

  private static Arguments parse(String... words) {
    return Arguments.parse(OPTIONS, List.of(words));
  }

  private static String message(Executable executable) {
    return assertThrows(UsageException.class, executable).getMessage();
  }

  @Test
  void optionsThatAreNotGivenHaveTheirStandard() {
    assertEquals(10, parse().integer("epochs", 0));
    assertEquals(Optional.empty(), parse().path("data"));
    assertFalse(parse().isGiven("plain"));
  }

  @Test
  void givenOptionsReplaceTheStandard() {
    Arguments arguments =
        parse("--epochs", "3", "--seed=-5", "--rate", "1e-3", "--data", "d", "--plain", "word");
    assertEquals(3, arguments.integer("epochs", 0));
    assertEquals(-5, arguments.seed("seed"));
    assertEquals(1e-3, arguments.number("rate", rate -> rate > 0, "a positive number"));
    assertEquals(Optional.of(Path.of("d")), arguments.path("data"));
    assertTrue(arguments.isGiven("plain"));
    assertEquals(List.of("word"), arguments.words());
  }

  @Test
  void unknownOptionNamesTheNearest() {
    assertEquals(
        "unknown option '--epocs'; did you mean '--epochs'? There are: --epochs, --seed, --rate,"
            + " --data, --plain, --help, --debug",
        message(() -> parse("--epocs", "3")));
  }

  @Test
  void unknownOptionWithItsArgumentIsNamedWithoutIt() {
    assertTrue(message(() -> parse("--epoch=3")).startsWith("unknown option '--epoch'; did you"));
  }

  @Test
  void missingArgumentShowsUsage() {
    assertEquals(
        "option --epochs needs an argument: --epochs N (times that all examples are shown)",
        message(() -> parse("--epochs")));
  }

  @Test
  void valuesCanBeGivenOnce() {
    assertEquals(
        "option --rate is given more than once, with '1', '1'; give it once",
        message(() -> parse("--rate", "1", "--rate", "1")));
  }

  @Test
  void switchesCanBeGivenAgain() {
    assertTrue(parse("--plain", "--plain").isGiven("plain"));
  }

  @Test
  void emptyPathsAreRefused() {
    assertEquals(
        "option --data: expected a path, got ''", message(() -> parse("--data=").path("data")));
  }

  @Test
  void numbersOfARangeAreChecked() {
    assertEquals(
        "option --epochs: expected a whole number from 2 to 5, got '6'",
        message(() -> parse("--epochs", "6").integer("epochs", 2, 5)));
    assertEquals(5, parse("--epochs", "5").integer("epochs", 2, 5));
    assertEquals(2, parse("--epochs", "2").integer("epochs", 2, 5));
  }

  @Test
  void choicesAreChecked() {
    var choices = List.of("fast", "slow");
    assertEquals(
        "option --data: unknown pace 'fats'; did you mean 'fast'? There are: fast, slow",
        message(() -> parse("--data", "fats").choice("data", "pace", choices)));
    assertEquals("slow", parse("--data", "slow").choice("data", "pace", choices));
  }

  @Test
  void numbersAreChecked() {
    assertEquals(
        "option --epochs: expected a whole number of at least 1, got '0'",
        message(() -> parse("--epochs", "0").integer("epochs", 1)));
    assertEquals(
        "option --epochs: expected a whole number of at least 0, got 'ten'",
        message(() -> parse("--epochs", "ten").integer("epochs", 0)));
    assertEquals(
        "option --seed: expected a whole number, got '1.5'",
        message(() -> parse("--seed", "1.5").seed("seed")));
    assertEquals(
        "option --rate: expected a positive number, got '-1'",
        message(() -> parse("--rate", "-1").number("rate", rate -> rate > 0, "a positive number")));
    assertEquals(
        "option --rate: expected a positive number, got 'NaN'",
        message(
            () -> parse("--rate", "NaN").number("rate", rate -> rate > 0, "a positive number")));
  }

  @Test
  void wordsThatAreNoOptionsCanBeRefused() {
    assertEquals("unexpected argument 'word'", message(() -> parse("word").requireNoWords()));
  }
}
