package org.mlgenn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void messageNamesTheNearestAndAFewAlternatives() {
    assertEquals(
        "unknown back end 'jvn'; did you mean 'jvm'? There are: auto, jvm, native",
        Nearest.unknown("back end", "jvn", List.of("auto", "jvm", "native")).getMessage());
  }

  @Test
  void messageListsAllWhereNoneIsNear() {
    assertEquals(
        "unknown recipe 'cifar'; there are: latency-mnist",
        Nearest.unknown("recipe", "cifar", List.of("latency-mnist")).getMessage());
  }

  @Test
  void messageNamesOnlyTheNearestOfMany() {
    List<String> many =
        List.of("--a", "--b", "--c", "--d", "--e", "--f", "--g", "--h", "--i", "--epochs");
    assertEquals(
        "unknown option '--epocs'; did you mean '--epochs'?",
        Nearest.unknown("option", "--epocs", many).getMessage());
  }
}
