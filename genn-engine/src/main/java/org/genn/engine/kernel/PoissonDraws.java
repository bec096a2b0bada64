package org.genn.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.genn.engine.snippet.BinaryOperator;
import org.genn.engine.snippet.Expr;
import org.genn.engine.snippet.NumericType;
import org.genn.engine.snippet.Rewriter;
import org.genn.engine.snippet.SnippetType;
import org.genn.engine.snippet.Stmt;

/*
 * A background of Poisson spikes needs a number per neuron and step, so it must not have a loop whose end depends on
 * the number. Where the mean is a constant, the numbers of all elements are made before the loop over them, in two
 * loops without any branch, which gcc and C2 vectorise:
 *
 *   words:   the four words of Philox counter 64 b + lane become those of the elements 256 b + lane + {0, 64, 128, 192},
 *            so that all four are used and every store is to consecutive elements; words are the lower halves of 64-bit
 *            numbers, since then both halves of a product come from one multiplication
 *   events:  the number of thresholds P(N ≤ k) · 2^31 that do not exceed the word's upper 31 bits
 *
 * A number depends on (seed, stream, step, element) alone, like all others. The resolution of 31 bits changes no
 * probability by more than 2^-31, and numbers less likely than that do not occur.
 */

/// Poisson numbers of constant mean, drawn for all elements of a group before the loop over them.
final class PoissonDraws {
  /// A larger mean needs too many comparisons; then `random_poisson` is called for each element.
  static final double LARGEST_MEAN = 20;

  private static final int LANES = 64;
  private static final int BLOCK = 4 * LANES;
  private static final int ROUNDS = 10;
  private static final long[] MULTIPLIERS = {0xD2511F53L, 0xCD9E8D57L};
  private static final long[] WEYL = {0x9E3779B9L, 0xBB67AE85L};

  private static final long LOW_HALF = 0xffffffffL;
  private static final SnippetType WIDE = SnippetType.of(NumericType.UINT64);

  /// Last word of the counters: other draws count from 0.
  private static final long OWN_COUNTERS = 0x80000000L;

  /// Comparisons in one loop: C2 gives up vectorising longer ones.
  private static final int COMPARISONS = 24;

  private final List<Double> means = new ArrayList<>();
  private final Map<String, Double> constants;
  private final List<Stmt> code;

  /// Finds the draws of a snippet that are made before its loop.
  ///
  /// @param constants values of the names in the snippet that are known
  PoissonDraws(List<Stmt> code, Map<String, Double> constants) {
    this.constants = constants;
    this.code = code.stream().map(this::replaced).toList();
  }

  /// The snippet with the names of numbers in place of the draws that are made before.
  List<Stmt> code() {
    return code;
  }

  /// Draws the numbers, and gives the names their values in an element's scope.
  ///
  /// @param label begins the names of loops and rows
  void emit(
      FunctionBuilder builder,
      ElementScope scope,
      Expr element,
      int elements,
      int stream,
      String label) {
    for (int site = 0; site < means.size(); site++) {
      String row = events(builder, elements, stream, site, label + "_poisson" + site);
      scope.inliner.bind(name(site), builder.names.fresh("events"));
      scope.value(name(site), SnippetType.INT32, Build.element(NumericType.INT32, row, element));
    }
  }

  private static String name(int site) {
    return "poisson number " + site;
  }

  // ---- finding

  private Stmt replaced(Stmt statement) {
    return switch (statement) {
      case Stmt.Declare(var type, var name, var initial) ->
          new Stmt.Declare(type, name, initial.map(this::replaced));
      case Stmt.Evaluate(var expression) -> new Stmt.Evaluate(replaced(expression));
      case Stmt.Block(var statements) ->
          new Stmt.Block(statements.stream().map(this::replaced).toList());
      // Here a draw may happen several times or not at all.
      case Stmt.If _,
          Stmt.While _,
          Stmt.DoWhile _,
          Stmt.For _,
          Stmt.Switch _,
          Stmt.Break _,
          Stmt.Continue _,
          Stmt.ForEachSynapse _ ->
          statement;
    };
  }

  private Expr replaced(Expr expression) {
    return Uses.of(expression).branches() ? expression : Rewriter.map(expression, this::draw);
  }

  private Expr draw(Expr expression) {
    if (expression instanceof Expr.Call call && call.function().equals("gennrand_poisson")) {
      Optional<Double> mean =
          value(call.arguments().getFirst()).filter(known -> known > 0 && known <= LARGEST_MEAN);
      if (mean.isPresent()) {
        means.add(mean.get());
        return Build.integer(name(means.size() - 1));
      }
    }
    return expression;
  }

  private Optional<Double> value(Expr expression) {
    return switch (expression) {
      case Expr.Literal literal -> Optional.of(rounded(literal.type(), literal.real()));
      case Expr.Name(var type, var name) ->
          Optional.ofNullable(constants.get(name)).map(known -> rounded(type, known));
      case Expr.Convert(var type, var operand) -> value(operand).map(known -> rounded(type, known));
      default -> Optional.empty();
    };
  }

  private static double rounded(SnippetType type, double value) {
    return type.numeric() == NumericType.FLOAT ? (float) value : value;
  }

  // ---- drawing

  /// `P(N ≤ k) · 2^31` for all `k` that a number of 31 bits can exceed.
  static List<Integer> thresholds(double mean) {
    var thresholds = new ArrayList<Integer>();
    // Summed from both ends, so that the small probabilities of the upper tail keep their digits.
    double mass = Math.exp(-mean);
    double below = mass;
    for (int k = 0; ; k++) {
      long threshold = Math.round(below * 0x1p31);
      if (threshold >= 0x80000000L) {
        return thresholds;
      }
      thresholds.add((int) threshold);
      mass *= mean / (k + 1);
      below = k < mean ? below + mass : 1 - tail(mass, mean, k + 1);
    }
  }

  /// `P(N > k)`, given `P(N = k)`.
  private static double tail(double mass, double mean, int k) {
    double sum = 0;
    for (int n = k + 1; mass > sum * 0x1p-60; n++) {
      mass *= mean / n;
      sum += mass;
    }
    return sum;
  }

  private String events(FunctionBuilder builder, int elements, int stream, int site, String label) {
    int blocks = Math.ceilDiv(elements, BLOCK);
    Layout layout = builder.layout();
    String words =
        builder.row(
            layout.scratch(label + "_words", NumericType.INT32, (long) blocks * BLOCK),
            builder.scratchRow());
    String events =
        builder.row(
            layout.scratch(label, NumericType.INT32, (long) blocks * BLOCK), builder.scratchRow());
    Expr.Name block = Build.integer(builder.names.fresh("block"));
    Expr number =
        ElementNumber.of(
            ElementNumber.isWide(layout.batch, blocks * LANES), builder.example, blocks, block);
    Expr.Name first = Build.name(number.type(), builder.names.fresh("firstCounter"));
    RandomCalls.Counters counters = RandomCalls.with(RandomCalls.counters(builder), first);
    Expr.Name at = Build.integer(builder.names.fresh("at"));
    var body = new ArrayList<Op>();
    body.add(
        Build.run(
            Build.declare(
                first.type(),
                first.name(),
                Build.multiply(number, Build.literal(number.type().numeric(), LANES)))));
    body.add(
        Build.run(
            Build.declare(
                NumericType.INT32, at.name(), Build.multiply(block, Build.integer(BLOCK)))));
    body.add(words(builder, counters, first, at, words, stream, site, label));
    List<Integer> thresholds = thresholds(means.get(site));
    for (int begin = 0; begin < thresholds.size(); begin += COMPARISONS) {
      body.add(
          comparisons(
              builder,
              at,
              words,
              events,
              thresholds.subList(begin, Math.min(begin + COMPARISONS, thresholds.size())),
              begin == 0,
              label + "_compare" + begin));
    }
    FunctionBuilder.Range range = blocks(builder, elements);
    builder.ops.add(new Op.Loop(block.name(), range.begin(), range.end(), body));
    return events;
  }

  /// Blocks with the elements that the function handles.
  private static FunctionBuilder.Range blocks(FunctionBuilder builder, int elements) {
    if (builder.part().isEmpty()) {
      int blocks = Math.ceilDiv(elements, BLOCK);
      return new FunctionBuilder.Range(Build.integer(0), Build.integer(blocks));
    }
    FunctionBuilder.Range range = builder.range(elements);
    Expr last = Build.add(range.end(), Build.integer(BLOCK - 1));
    return new FunctionBuilder.Range(block(range.begin()), block(last));
  }

  private static Expr block(Expr element) {
    return Build.binary(BinaryOperator.DIVIDE, element, Build.integer(BLOCK));
  }

  private static Op words(
      FunctionBuilder builder,
      RandomCalls.Counters counters,
      Expr first,
      Expr at,
      String row,
      int stream,
      int site,
      String label) {
    Expr.Name lane = Build.integer(builder.names.fresh("lane"));
    var body = new ArrayList<Stmt>();
    Expr key0 = wide(counters.key0());
    Expr key1 = wide(counters.key1());
    Expr[] state = {
      local(
          builder,
          body,
          wide(
              Build.convert(
                  NumericType.UINT32,
                  Build.add(first, Build.convert(first.type().numeric(), lane))))),
      word(stream),
      wide(counters.step()),
      word(OWN_COUNTERS + site)
    };
    for (int round = 0; round < ROUNDS; round++) {
      Expr product0 = local(builder, body, product(MULTIPLIERS[0], state[0]));
      Expr product2 = local(builder, body, product(MULTIPLIERS[1], state[2]));
      state =
          new Expr[] {
            local(builder, body, xor(xor(high(product2), state[1]), key(key0, round, WEYL[0]))),
            product2,
            local(builder, body, xor(xor(high(product0), state[3]), key(key1, round, WEYL[1]))),
            product0
          };
    }
    for (int word = 0; word < 4; word++) {
      Expr index = Build.add(Build.add(at, Build.integer(word * LANES)), lane);
      body.add(
          Build.assign(
              Build.element(NumericType.INT32, row, index),
              Build.convert(
                  NumericType.INT32,
                  Build.binary(
                      BinaryOperator.SHIFT_RIGHT,
                      Build.convert(NumericType.UINT32, state[word]),
                      Build.integer(1)))));
    }
    return new Op.Elements(label + "_words", lane.name(), Build.integer(LANES), body);
  }

  private static Op comparisons(
      FunctionBuilder builder,
      Expr at,
      String words,
      String events,
      List<Integer> thresholds,
      boolean isFirst,
      String label) {
    Expr.Name lane = Build.integer(builder.names.fresh("lane"));
    var body = new ArrayList<Stmt>();
    Expr index = Build.add(at, lane);
    Expr.Name word = Build.integer(builder.names.fresh("word"));
    body.add(
        Build.declare(
            NumericType.INT32, word.name(), Build.element(NumericType.INT32, words, index)));
    Expr element = Build.element(NumericType.INT32, events, index);
    Expr count = isFirst ? null : element;
    for (int threshold : thresholds) {
      // The sign of threshold - 1 - word, which cannot overflow.
      Expr difference = Build.subtract(Build.integer(threshold - 1), word);
      Expr exceeds =
          Build.convert(
              NumericType.INT32,
              Build.binary(
                  BinaryOperator.SHIFT_RIGHT,
                  Build.convert(NumericType.UINT32, difference),
                  Build.integer(31)));
      count = count == null ? exceeds : Build.add(count, exceeds);
    }
    body.add(Build.assign(element, count == null ? Build.integer(0) : count));
    return new Op.Elements(label, lane.name(), Build.integer(BLOCK), body);
  }

  private static Expr local(FunctionBuilder builder, List<Stmt> body, Expr value) {
    Expr.Name local = Build.name(value.type(), builder.names.fresh("w"));
    body.add(Build.declare(value.type(), local.name(), value));
    return local;
  }

  private static Expr word(long value) {
    return new Expr.Literal(WIDE, value & LOW_HALF);
  }

  private static Expr wide(Expr word) {
    return Build.convert(NumericType.UINT64, word);
  }

  private static Expr xor(Expr left, Expr right) {
    return Build.binary(BinaryOperator.BIT_XOR, left, right);
  }

  private static Expr low(Expr value) {
    return Build.binary(BinaryOperator.BIT_AND, value, word(LOW_HALF));
  }

  private static Expr high(Expr product) {
    return Build.binary(BinaryOperator.SHIFT_RIGHT, product, Build.integer(32));
  }

  private static Expr product(long multiplier, Expr value) {
    return Build.multiply(word(multiplier), low(value));
  }

  private static Expr key(Expr key, int round, long weyl) {
    return Build.add(key, word(round * weyl));
  }
}
