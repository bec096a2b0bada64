package org.genn.engine.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BackendsTest {
  @Test
  void jvmIsAlwaysThere() {
    assertTrue(Backends.all().stream().anyMatch(backend -> backend.name().equals("jvm")));
    assertEquals("jvm", Backends.named("jvm").name());
    assertTrue(Backends.named("auto").availability().isAvailable());
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    var e = assertThrows(IllegalArgumentException.class, () -> Backends.named("jmv"));
    assertTrue(
        e.getMessage().startsWith("unknown back end 'jmv'; there are [auto, "), e.getMessage());
    assertTrue(e.getMessage().endsWith("; did you mean 'jvm'?"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> Backends.named("NATIV"));
    assertTrue(e.getMessage().endsWith("; did you mean 'native'?"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> Backends.named("quantum"));
    assertTrue(e.getMessage().endsWith("]"), e.getMessage());
  }
}
