package org.genn.engine.backend.jvm;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.compound;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.name;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.backend.Ir.times;
import static org.genn.engine.backend.Ir.when;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Ir;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;

/// Times the loops that everything else is made of: nanoseconds per element, the best of several
/// rounds.
public final class KernelBench {
  private static final int NEURONS = 256;
  private static final int SOURCES = 700;
  private static final int LIST = 64;
  private static final int REPEATS = 200;

  private KernelBench() {}

  private static Op overList(Rows ids, String label, Rows rows, Expr... body) {
    return new Op.Loop(
        "k",
        integer(0),
        integer(LIST),
        List.of(
            run(declare(INT32, "source", at(INT32, "id", integer("k")))),
            hoist("w", rows, integer("source")),
            new Op.Elements(
                label, "j", integer(NEURONS), Arrays.stream(body).map(Ir::evaluate).toList())));
  }

  private static Op repeat(Op... body) {
    return new Op.Loop("repetition", integer(0), integer("steps"), List.of(body));
  }

  private static Program program() {
    var weights = new Rows("weights", FLOAT, SOURCES, NEURONS);
    var state = new Rows("state", FLOAT, 4, NEURONS);
    var ids = new Rows("ids", INT32, 1, LIST);
    var spikes = new Rows("spikes", INT32, 1, NEURONS);
    Expr j = integer("j");
    Expr t = at(FLOAT, "t", j);
    Expr w = at(FLOAT, "w", j);
    Expr v = at(FLOAT, "v", j);
    var kernels = new ArrayList<Kernel>();
    Op rowT = hoist("t", state, integer(0));
    Op rowV = hoist("v", state, integer(1));
    Op rowIds = hoist("id", ids, integer(0));
    kernels.add(
        Ir.kernel("add", rowT, rowIds, repeat(overList(ids, "add_rows", weights, addTo(t, w)))));
    kernels.add(
        Ir.kernel(
            "gradient",
            rowT,
            rowIds,
            repeat(
                overList(
                    ids,
                    "gradient_rows",
                    weights,
                    compound(w, BinaryOperator.SUBTRACT, FLOAT, times(literal(FLOAT, 1e-9), t))))));
    Expr decay = name(FLOAT, "decay");
    var update =
        List.of(
            evaluate(assign(v, add(times(decay, v), times(literal(FLOAT, 0.05), t)))),
            evaluate(assign(t, add(times(literal(FLOAT, 0.9), t), literal(FLOAT, 0.05)))));
    kernels.add(
        Ir.kernel(
            "decay",
            rowT,
            rowV,
            run(declare(FLOAT, "decay", literal(FLOAT, 0.95))),
            repeat(new Op.Elements("decay_lif", "j", integer(NEURONS), update))));
    var spiking = new ArrayList<>(update);
    spiking.add(
        when(
            Ir.binary(BinaryOperator.GREATER_EQUAL, v, literal(FLOAT, 1)),
            evaluate(assign(at(INT32, "spike", Ir.increment(integer("count"))), j)),
            evaluate(assign(v, literal(FLOAT, 0)))));
    kernels.add(
        Ir.kernel(
            "lif",
            rowT,
            rowV,
            hoist("spike", spikes, integer(0)),
            run(declare(FLOAT, "decay", literal(FLOAT, 0.95))),
            repeat(
                run(declare(INT32, "count", integer(0))),
                new Op.Elements("spiking_lif", "j", integer(NEURONS), spiking))));
    kernels.add(
        Ir.kernel(
            "fire",
            rowV,
            hoist("spike", spikes, integer(0)),
            repeat(
                run(assign(at(INT32, "spike", integer(255)), integer(0))),
                new Op.Elements(
                    "fire_lif",
                    "j",
                    integer(NEURONS),
                    List.of(
                        when(
                            Ir.binary(BinaryOperator.GREATER_EQUAL, v, literal(FLOAT, 1)),
                            declare(INT32, "n", at(INT32, "spike", integer(255))),
                            evaluate(assign(at(INT32, "spike", name(INT32, "n")), j)),
                            evaluate(
                                assign(
                                    at(INT32, "spike", integer(255)),
                                    add(name(INT32, "n"), integer(1)))),
                            evaluate(assign(v, literal(FLOAT, 0)))))))));
    kernels.add(
        Ir.kernel(
            "exponential",
            rowT,
            rowV,
            repeat(
                new Op.Elements(
                    "exp_row",
                    "j",
                    integer(NEURONS),
                    List.of(evaluate(assign(v, Ir.call(Ir.type(FLOAT), "exp", t))))))));
    return new Program("bench", List.of(weights, state, ids, spikes), List.of(), kernels);
  }

  public static void main(String[] arguments) {
    Program program = program();
    try (var executable =
            new JvmBackend().build(program, new BuildSettings().cacheDirectory(Optional.empty()));
        Instance instance = executable.open()) {
      System.out.printf("build %.3f s%n", executable.buildSeconds());
      var random = new Random(1);
      for (int k = 0; k < LIST; k++) {
        instance.memory().setLong(2, 0, k, (k * 11 + random.nextInt(11)) % SOURCES);
      }
      for (int kernel = 0; kernel < program.kernels().size(); kernel++) {
        boolean isList = kernel < 2;
        int repeats = isList ? REPEATS : REPEATS * LIST;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 60; round++) {
          for (int i = 0; i < NEURONS; i++) {
            instance.memory().setFloat(1, 0, i, 0.1f * random.nextFloat());
          }
          long start = System.nanoTime();
          instance.run(kernel, 0, 1, 0, 0, repeats);
          best = Math.min(best, (double) (System.nanoTime() - start));
        }
        System.out.printf(
            "%-10s %.4f ns per element%n",
            program.kernels().get(kernel).name(), best / ((double) REPEATS * LIST * NEURONS));
      }
    }
  }
}
