package org.genn.engine.backend;

import static org.genn.engine.backend.Ir.add;
import static org.genn.engine.backend.Ir.addTo;
import static org.genn.engine.backend.Ir.assign;
import static org.genn.engine.backend.Ir.at;
import static org.genn.engine.backend.Ir.binary;
import static org.genn.engine.backend.Ir.declare;
import static org.genn.engine.backend.Ir.evaluate;
import static org.genn.engine.backend.Ir.hoist;
import static org.genn.engine.backend.Ir.increment;
import static org.genn.engine.backend.Ir.integer;
import static org.genn.engine.backend.Ir.literal;
import static org.genn.engine.backend.Ir.run;
import static org.genn.engine.backend.Ir.times;
import static org.genn.engine.backend.Ir.when;
import static org.genn.engine.snippet.NumericType.FLOAT;
import static org.genn.engine.snippet.NumericType.INT32;

import java.util.List;
import org.genn.engine.kernel.Function;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Op;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;

/// A layer of leaky integrate-and-fire neurons with dense input: per example and step it adds up
/// the weights of the input's spikes, moves the neurons on and lists those that spike.
public final class LifProgram {
  public static final int V = 0;
  public static final int INPUT = 1;
  public static final int WEIGHTS = 2;
  public static final int IDS = 3;
  public static final int OFFSETS = 4;
  public static final int SPIKES = 5;
  public static final int COUNTS = 6;

  private LifProgram() {}

  public static Program of(String name, int batch, int sources, int neurons) {
    var v = new Rows("V", FLOAT, batch, neurons);
    var input = new Rows("input", FLOAT, batch, neurons);
    var weights = new Rows("weights", FLOAT, sources, neurons);
    var ids = new Rows("ids", INT32, batch, Rows.RAGGED);
    var offsets = new Rows("offsets", INT32, batch, Rows.RAGGED);
    var spikes = new Rows("spikes", INT32, batch, Rows.RAGGED);
    var counts = new Rows("counts", INT32, batch, 1);
    Expr j = integer("neuron");
    Expr example = integer("example");
    Expr step = integer("step");
    Op gather =
        new Op.Loop(
            "k",
            at(INT32, "offset", step),
            at(INT32, "offset", add(step, integer(1))),
            List.of(
                run(declare(INT32, "source", at(INT32, "id", integer("k")))),
                hoist("w", weights, integer("source")),
                new Op.Elements(
                    "add_input",
                    "neuron",
                    integer(neurons),
                    List.of(evaluate(addTo(at(FLOAT, "in", j), at(FLOAT, "w", j)))))));
    Expr voltage = at(FLOAT, "voltage", j);
    var update =
        new Op.Elements(
            "update_lif",
            "neuron",
            integer(neurons),
            List.of(
                evaluate(
                    assign(
                        voltage,
                        add(
                            times(literal(FLOAT, 0.95), voltage),
                            times(literal(FLOAT, 0.05), at(FLOAT, "in", j))))),
                evaluate(
                    assign(at(FLOAT, "in", j), times(literal(FLOAT, 0.8), at(FLOAT, "in", j)))),
                when(
                    binary(BinaryOperator.GREATER_EQUAL, voltage, literal(FLOAT, 1)),
                    evaluate(assign(at(INT32, "spike", increment(integer("count"))), j)),
                    evaluate(assign(voltage, literal(FLOAT, 0))))));
    var function =
        new Function(
            "step_hidden",
            "Neuron group 'hidden', one step of one example",
            List.of(integer("example"), integer("step")),
            List.of(
                hoist("in", input, example),
                hoist("offset", offsets, example),
                hoist("id", ids, example),
                gather,
                hoist("voltage", v, example),
                hoist("number", counts, example),
                run(declare(INT32, "count", at(INT32, "number", integer(0)))),
                new Op.Reserve(
                    List.of(spikes),
                    example,
                    add(integer("count"), integer(neurons)),
                    integer(1 << 24)),
                hoist("spike", spikes, example),
                update,
                run(assign(at(INT32, "number", integer(0)), integer("count")))));
    var kernel =
        new Kernel(
            "forward",
            "Steps first to first + steps of examples begin to end",
            Kernel.Domain.EXAMPLES,
            batch,
            List.of(
                new Op.Loop(
                    "example",
                    integer("begin"),
                    integer("end"),
                    List.of(
                        new Op.Loop(
                            "step",
                            integer("first"),
                            add(integer("first"), integer("steps")),
                            List.of(new Op.Invoke("step_hidden", List.of(example, step))))))));
    return new Program(
        name,
        List.of(v, input, weights, ids, offsets, spikes, counts),
        List.of(function),
        List.of(kernel));
  }
}
