package org.genn.engine.snippet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Feature("L23")
class SpellingTest {

  private static void assertNearest(String expected, String name, String... candidates) {
    assertEquals(Optional.of(expected), Spelling.nearest(name, List.of(candidates)));
  }

  private static void assertNoneNear(String name, String... candidates) {
    assertEquals(Optional.empty(), Spelling.nearest(name, List.of(candidates)));
  }

  @Test
  void theNameWithTheFewestTypingErrorsIsNearest() {
    assertNearest("Isyn", "isyn", "V", "Isyn", "Iin");
    assertNearest("V_thresh", "Vthresh", "V", "V_thresh");
    assertNoneNear("W", "V", "Isyn");
    assertNoneNear("tau", "alpha", "beta");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "trian", "trai", "Train", "TRIAN", "brain", "trains"})
  void lettersMissingTooManyWrongOrExchangedAreOneTypingError(String name) {
    assertNearest("train", name, "list", "train", "run");
  }

  @Test
  void moreTypingErrorsThanAThirdOfTheNameAreTooMany() {
    assertNoneNear("list", "train");
    assertNoneNear("trxyn", "train");
    assertNearest("microcircuit", "microcircus", "microcircuit");
  }

  @Test
  void upperAndLowerCaseTellOnlyEqualsApart() {
    assertNearest("tauMem", "TAUMIM", "tauSyn", "tauMem");
    assertNearest("tauM", "tauX", "TauM", "tauM");
  }

  @Test
  void theBeginningOfANameIsNearIt() {
    assertNearest("StaticPulse", "Static", "DeltaCurr", "StaticPulse");
    assertNearest("StaticPulse", "static", "DeltaCurr", "StaticPulse");
  }

  @Test
  void whatANameBeginsWithIsNearIt() {
    assertNearest("SPARSE", "SPARSE_INDIVIDUALG", "DENSE_PROCEDURALG", "PROCEDURAL", "SPARSE");
    assertNearest("Sparse", "SPARSE_INDIVIDUALG", "Dense", "Sparse");
  }

  @Test
  void typingErrorsGoBeforeBeginnings() {
    assertNearest("tao", "tau", "tauDecay", "tao");
  }

  @Test
  void theLongestCommonBeginningIsNearest() {
    assertNearest("SPARSE_WIDE", "SPARSE_WIDE_INDIVIDUALG", "SPARSE", "SPARSE_WIDE");
  }

  @Test
  void amongEqualBeginningsTheShortestIsNearestThenTheFirst() {
    assertNearest("StaticPulse", "Static", "StaticPulseDelayed", "StaticPulse", "StaticOther1");
    assertNearest("StaticPulsa", "Static", "StaticPulse", "StaticPulsa");
  }

  @Test
  void beginningsOfLessThanThreeLettersAreNotNear() {
    assertNoneNear("ta", "tauDecay");
    assertNoneNear("tauDecay", "ta", "t", "");
    assertNoneNear("", "tauDecay");
    assertNearest("tauDecay", "tau", "tauDecay");
  }

  @Test
  void aSharedBeginningThatIsNeitherNameIsNotNear() {
    assertNoneNear("StaticGraded", "StaticPulse");
  }
}
