package org.genn.engine.backend.form;

import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.name;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.genn.engine.backend.Routine;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Rows;
import org.junit.jupiter.api.Test;

class StatementPartsTest {
  @Test
  void aRoutineKeepsTheRowsOfItsOwn() {
    var body = new ArrayList<Op>(List.of(run(declare(FLOAT, "x", literal(FLOAT, 0)))));
    for (int k = 0; k < 200; k++) {
      body.add(run(addTo(name(FLOAT, "x"), literal(FLOAT, k))));
    }
    var own = new Rows("own", FLOAT, 1, 7);
    var routine = new Routine("f", "", List.of(), Optional.empty(), body, false, List.of(own));
    List<Routine> split = StatementParts.split(routine, 300, 150, new HashSet<>(Set.of("f")));
    assertTrue(split.size() > 2, () -> split.size() + " routines");
    assertEquals(List.of(own, new Rows("sharedFloat", FLOAT, 1, 1)), split.getFirst().ownRows());
  }
}
