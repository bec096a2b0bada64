package org.genn.engine.backend.jvm;

import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Ir;
import org.genn.engine.backend.form.Merging;
import org.genn.engine.kernel.Lowering;
import org.genn.engine.kernel.LoweringSettings;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.runtime.LongExpressions;
import org.genn.engine.runtime.LongSnippets;
import org.genn.engine.runtime.ManyGroups;
import org.junit.jupiter.api.Test;

class MethodSizeTest {
  private static final int GROUPS = 700;
  private static final int LARGEST = 8000;

  /// A kernel whose body alone would take some 25 kilobytes.
  private static Program huge() {
    var arrays = new ArrayList<Rows>();
    var ops = new ArrayList<Op>();
    for (int g = 0; g < GROUPS; g++) {
      var rows = new Rows("group" + g, FLOAT, 4, 8);
      arrays.add(rows);
      ops.add(hoist("row" + g, rows, integer("example")));
      ops.add(
          new Op.Elements(
              "update" + g,
              "j" + g,
              integer(8),
              List.of(evaluate(addTo(at(FLOAT, "row" + g, integer("j" + g)), literal(FLOAT, g))))));
      ops.add(Ir.run(addTo(at(FLOAT, "row" + g, integer(0)), at(FLOAT, "row" + g, integer(7)))));
    }
    return Ir.program(
        "huge",
        arrays,
        Ir.kernel("step", new Op.Loop("example", integer("begin"), integer("end"), ops)));
  }

  @Test
  void longKernelsAreSplitIntoMethodsThatHotSpotCompiles() throws IOException {
    requireSmallMethods(huge());
  }

  @Test
  void modelsOfManyGroupsHaveMethodsThatHotSpotCompiles() throws IOException {
    for (ModelSpec spec :
        List.of(ManyGroups.distinct(200), ManyGroups.varied(200), ManyGroups.varied(600))) {
      Program program = Lowering.lower(spec, new LoweringSettings()).program();
      requireSmallMethods(program);
      requireSmallMethods(Merging.of(program));
    }
  }

  @Test
  void longSnippetsHaveMethodsThatHotSpotCompiles() throws IOException {
    for (int statements : new int[] {180, 3000}) {
      requireSmallMethods(
          Lowering.lower(LongSnippets.of(statements), new LoweringSettings()).program());
    }
  }

  @Test
  void longExpressionsHaveMethodsThatHotSpotCompiles() throws IOException {
    for (int rows : new int[] {10, 20}) {
      requireSmallMethods(
          Lowering.lower(LongExpressions.of(rows), new LoweringSettings()).program());
    }
  }

  @Test
  void codeWithManyArraysHasMethodsThatHotSpotCompiles() throws IOException {
    requireSmallMethods(Lowering.lower(LongExpressions.wide(90), new LoweringSettings()).program());
  }

  private static void requireSmallMethods(Program program) throws IOException {
    JavaSource source = JavaSource.of(program);
    byte[] classFile = JvmCompiler.compile(source).classes().get(source.className());
    for (var method : ClassFile.of().parse(classFile).methods()) {
      String name = method.methodName().stringValue();
      int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
      assertTrue(size < LARGEST, name + " has " + size + " bytes");
    }
  }

  @Test
  void splitKernelsComputeTheSame() {
    try (var executable =
            new JvmBackend().build(huge(), new BuildSettings().cacheDirectory(Optional.empty()));
        var instance = executable.open()) {
      instance.run(0, 1, 3, 0, 0, 0);
      for (int g = 0; g < GROUPS; g++) {
        assertEquals(0, instance.memory().getFloat(g, 0, 3));
        assertEquals(g, instance.memory().getFloat(g, 1, 7));
        assertEquals(2f * g, instance.memory().getFloat(g, 2, 0));
      }
    }
  }
}
