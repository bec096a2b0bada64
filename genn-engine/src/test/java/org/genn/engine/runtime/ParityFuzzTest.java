package org.genn.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.OnNative;
import org.genn.engine.model.Bindings;
import org.genn.engine.model.Connectivity;
import org.genn.engine.model.Declarations;
import org.genn.engine.model.ExtraGlobalParameter;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.NeuronGroup;
import org.genn.engine.model.NeuronModel;
import org.genn.engine.model.Postsynapse;
import org.genn.engine.model.PostsynapticModel;
import org.genn.engine.model.SynapseGroup;
import org.genn.engine.model.VarAccess;
import org.genn.engine.model.Variable;
import org.genn.engine.model.VariableReference;
import org.genn.engine.model.WeightUpdate;
import org.genn.engine.model.WeightUpdateModel;
import org.genn.engine.snippet.NumericType;
import org.genn.feature.Feature;
import org.junit.jupiter.api.Test;

/// Random neuron models give the same bits on `jvm` and `native`, or the same error; side effects
/// within expressions and subscripts outside of their rows included. The number of models is the
/// system property `parity.fuzz.count`.
@Feature({"L19", "L23"})
@OnNative
class ParityFuzzTest {
  private static final int COUNT = Integer.getInteger("parity.fuzz.count", 60);
  private static final long SEED = Long.getLong("parity.fuzz.seed", 7);
  private static final int PER_BUILD = 20;
  private static final int SIZE = 40;
  private static final int STEPS = 3;
  private static final List<String> TYPES =
      List.of(
          "float",
          "double",
          "int",
          "unsigned int",
          "int64_t",
          "uint64_t",
          "uint8_t",
          "int16_t",
          "bool");
  private static final String NAMES = "fdiulmcsb";
  private static final float[] TABLE = {1, -2, 3.5f, 0, 1e9f, -0.0f, 7, 0.25f};

  /// Random code over one variable of each type, a table and an integer.
  private static final class Code {
    private static final String[] BINARY = {
      "+", "-", "*", "/", "+", "-", "*", "<", ">=", "==", "!=", "&&", "||"
    };
    private static final String[] INTEGER = {"&", "|", "^", "<<", ">>", "%", "/"};
    private static final String[] LITERALS = {
      "0",
      "1",
      "3u",
      "-7",
      "2.5",
      "1e-3",
      "4294967295",
      "0x1F",
      "true",
      // where integers and reals end
      "(-2147483647 - 1)",
      "-1",
      "31",
      "64",
      "-33",
      "1e38f",
      "-1e300d",
      "(0.0 / (f - f))"
    };
    private static final String[] UNARY = {
      "exp",
      "fabs",
      "floor",
      "sqrt",
      "tanh",
      "-",
      "!",
      "(int)",
      "(scalar)",
      "~(int)",
      "(uint8_t)",
      "(int64_t)",
      "(uint64_t)",
      "sin",
      "cos",
      "log",
      "atan",
      "cbrt",
      "expm1",
      "log1p",
      "round",
      "rint",
      "trunc",
      "erf",
      "tgamma",
      "lgamma",
      "clz((unsigned int)",
      "abs"
    };
    private final SplittableRandom random;
    private final boolean isWild;
    private int loops;

    Code(SplittableRandom random, boolean isWild) {
      this.random = random;
      this.isWild = isWild;
    }

    String text() {
      var text = new StringBuilder();
      int count = 2 + random.nextInt(4);
      for (int n = 0; n < count; n++) {
        text.append(statement(2)).append('\n');
      }
      return text.toString();
    }

    private String statement(int depth) {
      return switch (depth == 0 ? 9 : random.nextInt(12)) {
        case 0 ->
            "if (%s) { %s } else { %s }"
                .formatted(value(2), statement(depth - 1), statement(depth - 1));
        case 1 -> {
          String index = "k" + loops++;
          yield "for (int %s = 0; %s < 3; %s++) { %s %s }"
              .formatted(
                  index,
                  index,
                  index,
                  statement(depth - 1),
                  random.nextBoolean() ? "if (b) continue;" : "i += " + index + ";");
        }
        case 2 ->
            "switch (i & 3) { case 0: %s break; case 2: %s default: %s }"
                .formatted(statement(0), statement(0), statement(0));
        case 3 -> "while (%s) { %s break; }".formatted(value(1), statement(depth - 1));
        case 4 ->
            random.nextInt(4) == 0
                ? "for (int k%d = 0; k%d < 3000; k%d++) { i = i * 31 + (int) %s; }"
                    .formatted(loops, loops, loops++, value(0))
                : variable() + (random.nextBoolean() ? "++;" : "--;");
        case 5 -> "Table[%s] %s %s;".formatted(index(), assignment(), value(2));
        default -> variable() + " " + assignment() + " " + value(3) + ";";
      };
    }

    private String assignment() {
      return pick(new String[] {"=", "=", "+=", "-=", "*=", "/="});
    }

    private String variable() {
      return String.valueOf(NAMES.charAt(random.nextInt(NAMES.length() - 1)));
    }

    private String index() {
      String inside = "(int)(" + value(1) + ")";
      return isWild && random.nextInt(3) == 0 ? inside : "(" + inside + ") & 7";
    }

    private String value(int depth) {
      if (depth == 0) {
        return random.nextInt(3) == 0
            ? pick(LITERALS)
            : String.valueOf(NAMES.charAt(random.nextInt(NAMES.length())));
      }
      return switch (random.nextInt(13)) {
        case 0 ->
            "((int)("
                + value(depth - 1)
                + ") "
                + pick(INTEGER)
                + " (int)("
                + value(depth - 1)
                + "))";
        case 1 ->
            "((uint64_t)("
                + value(depth - 1)
                + ") "
                + pick(INTEGER)
                + " (uint64_t)("
                + value(depth - 1)
                + "))";
        case 2 -> {
          String function = pick(UNARY);
          yield function + "(" + value(depth - 1) + ")" + (function.startsWith("clz") ? ")" : "");
        }
        case 3 ->
            "(" + value(depth - 1) + " ? " + value(depth - 1) + " : " + value(depth - 1) + ")";
        case 4 -> "(" + variable() + " " + assignment() + " " + value(depth - 1) + ")";
        case 5 -> random.nextBoolean() ? "i++" : "--c";
        case 6 -> "Table[" + index() + "]";
        case 7 ->
            pick(new String[] {"min", "max", "pow", "fmod"})
                + "("
                + value(depth - 1)
                + ", "
                + value(depth - 1)
                + ")";
        case 8 -> "(Table[" + index() + "] " + assignment() + " " + value(depth - 1) + ")";
        default -> "(" + value(depth - 1) + " " + pick(BINARY) + " " + value(depth - 1) + ")";
      };
    }

    private String pick(String[] choices) {
      return choices[random.nextInt(choices.length)];
    }
  }

  private static ModelSpec model(List<String> codes) {
    var spec = new ModelSpec("fuzz", 1.0, 2, 1);
    for (int n = 0; n < codes.size(); n++) {
      var model =
          new NeuronModel("Fuzz" + n)
              .extraGlobalParameter("Table", "scalar*")
              .simCode(codes.get(n));
      for (int v = 0; v < TYPES.size(); v++) {
        model =
            model.variable(
                new Variable(NAMES.substring(v, v + 1), TYPES.get(v), VarAccess.READ_WRITE));
      }
      spec =
          spec.neuronGroup(
              new NeuronGroup(
                  "n" + n,
                  SIZE,
                  model,
                  Bindings.NONE.extraGlobalParameter("Table", TABLE.clone())));
    }
    return spec;
  }

  /// The same code at each synapse whenever its source spikes, in every step and at spikes of the
  /// target.
  private static ModelSpec synapseModel(List<String> codes) {
    var spikes = new NeuronModel("Spikes").thresholdCondition("id != (unsigned int) t");
    var spec =
        new ModelSpec("fuzz", 1.0, 2, 1)
            .neuronGroup(new NeuronGroup("pre", SIZE, spikes, Bindings.NONE))
            .neuronGroup(
                new NeuronGroup(
                    "post", 1, spikes.variable("x").simCode("x = Isyn;"), Bindings.NONE));
    int[] sources = java.util.stream.IntStream.range(0, SIZE).toArray();
    for (int n = 0; n < codes.size(); n++) {
      var declarations = Declarations.NONE;
      declarations =
          declarations.extraGlobalParameter(new ExtraGlobalParameter("Table", "scalar*"));
      for (int v = 0; v < TYPES.size(); v++) {
        declarations =
            declarations.variable(
                new Variable(NAMES.substring(v, v + 1), TYPES.get(v), VarAccess.READ_WRITE));
      }
      var model = new WeightUpdateModel("Fuzz" + n).declarations(declarations);
      String code = codes.get(n);
      model =
          switch (n % 3) {
            case 0 -> model.preSpikeSynCode(code + " addToPost(f);");
            case 1 -> model.postSpikeSynCode(code + " addToPre(f);");
            default -> model.synapseDynamicsCode(code + " addToPost(f);");
          };
      spec =
          spec.synapseGroup(
              new SynapseGroup(
                  "n" + n,
                  n % 2 == 0
                      ? new Connectivity.Dense()
                      : Connectivity.Sparse.of(sources, new int[SIZE]),
                  "pre",
                  "post",
                  new WeightUpdate(
                      model, Bindings.NONE.extraGlobalParameter("Table", TABLE.clone())),
                  new Postsynapse(
                      new PostsynapticModel("Delta", "injectCurrent(inSyn); inSyn = 0.0;"),
                      Bindings.NONE)));
    }
    return spec;
  }

  /// Groups that have the variables, with the kind of reference to them.
  private static Map<String, VariableReference.Kind> fuzzed(ModelSpec spec) {
    var groups = new LinkedHashMap<String, VariableReference.Kind>();
    if (spec.synapseGroups().isEmpty()) {
      spec.neuronGroups().forEach(group -> groups.put(group.name(), VariableReference.Kind.NEURON));
    }
    spec.synapseGroups().forEach(group -> groups.put(group.name(), VariableReference.Kind.SYNAPSE));
    return groups;
  }

  private static VariableReference variable(
      Map.Entry<String, VariableReference.Kind> group, int variable) {
    return new VariableReference(
        group.getValue(), group.getKey(), NAMES.substring(variable, variable + 1));
  }

  /// The number of the type with the same low bits.
  private static long held(NumericType type, long value) {
    int others = 64 - type.bits();
    return type.isSigned() ? value << others >> others : value << others >>> others;
  }

  /// All that can be seen after some steps, or what stopped them.
  private static long[] outcome(String backend, int parts, ModelSpec spec, List<String> messages) {
    var settings = Models.settings().backend(backend).threads(2).parts(parts);
    try (var simulation = Simulation.open(spec, settings.build(settings.build().isChecked(true)))) {
      var random = new SplittableRandom(3);
      for (var group : fuzzed(spec).entrySet()) {
        for (int v = 0; v < TYPES.size(); v++) {
          var view = simulation.variable(variable(group, v));
          for (int j = 0; j < SIZE; j++) {
            if (view.type().isReal()) {
              view.setDouble(1, j, (float) ((random.nextDouble() - 0.5) * 50));
            } else {
              view.setLong(1, j, held(view.type(), random.nextInt(-40, 40)));
            }
          }
        }
      }
      for (int step = 0; step < STEPS; step++) {
        try {
          simulation.stepTime();
        } catch (BackendException e) {
          messages.add(e.getMessage());
          break;
        }
      }
      var values = new ArrayList<Long>();
      for (var group : fuzzed(spec).entrySet()) {
        for (int v = 0; v < TYPES.size(); v++) {
          var view = simulation.variable(variable(group, v));
          for (int example = 0; example < 2; example++) {
            for (int j = 0; j < SIZE; j++) {
              values.add(
                  view.type().isReal()
                      ? Double.doubleToLongBits(view.getDouble(example, j))
                      : view.getLong(example, j));
            }
          }
        }
        for (float value : simulation.extraGlobalParameter(group.getKey(), "Table").toArray()) {
          values.add((long) Float.floatToIntBits(value));
        }
      }
      messages.add(Boolean.toString(simulation.dividedByZero()));
      return values.stream().mapToLong(Long::longValue).toArray();
    }
  }

  private static void compare(List<String> codes) {
    compare(codes, model(codes), 1);
  }

  /// @param parts that the model on `native` is divided into
  private static void compare(List<String> codes, ModelSpec spec, int parts) {
    var expectedMessages = new ArrayList<String>();
    var messages = new ArrayList<String>();
    long[] expected = outcome("jvm", 1, spec, expectedMessages);
    long[] actual = outcome("native", parts, spec, messages);
    assertEquals(expectedMessages, messages, () -> String.join("\n---\n", codes));
    if (!Arrays.equals(expected, actual)) {
      int perGroup = expected.length / codes.size();
      for (int n = 0; n < codes.size(); n++) {
        assertArrayEquals(
            Arrays.copyOfRange(expected, n * perGroup, (n + 1) * perGroup),
            Arrays.copyOfRange(actual, n * perGroup, (n + 1) * perGroup),
            codes.get(n));
      }
    }
  }

  @Test
  void randomModelsGiveTheSameBits() {
    var random = new SplittableRandom(SEED);
    for (int n = 0; n < COUNT; n += PER_BUILD) {
      var codes = new ArrayList<String>();
      for (int k = 0; k < PER_BUILD; k++) {
        codes.add(new Code(random.split(), false).text());
      }
      compare(codes, model(codes), 1 + random.nextInt(4));
    }
  }

  @Test
  void randomSynapsesGiveTheSameBits() {
    var random = new SplittableRandom(SEED + 2);
    for (int n = 0; n < COUNT; n += PER_BUILD) {
      var codes = new ArrayList<String>();
      for (int k = 0; k < PER_BUILD; k++) {
        codes.add(new Code(random.split(), false).text());
      }
      compare(codes, synapseModel(codes), 1 + random.nextInt(4));
    }
  }

  @Test
  void wildSubscriptsOfSynapsesAreTheSameErrors() {
    var random = new SplittableRandom(SEED + 3);
    for (int n = 0; n < Math.max(4, COUNT / 15); n++) {
      var codes = List.of(new Code(random.split(), true).text() + "f = Table[i];");
      compare(codes, synapseModel(codes), 1);
    }
  }

  @Test
  void wildSubscriptsAreTheSameErrors() {
    var random = new SplittableRandom(SEED + 1);
    for (int n = 0; n < Math.max(4, COUNT / 15); n++) {
      var code = new Code(random.split(), true);
      compare(List.of(code.text() + "f = Table[i];"));
    }
  }

  /// A compiler that takes a conversion to an integer and back for a truncation would make `-0.0`.
  @Test
  void conversionsThereAndBackHaveNoNegativeZero() {
    var codes = new ArrayList<String>();
    for (String type :
        List.of("int", "unsigned int", "int64_t", "uint64_t", "int16_t", "uint8_t")) {
      codes.add("f = 1.0 / (scalar) (%s) (fabs(f) * -0.001);".formatted(type));
      codes.add("f = 1.0 / (scalar) (%s) (fabs(f) * -0.0);".formatted(type));
      codes.add("d = 1.0d / (double) (%s) (fabs(d) * -0.001d);".formatted(type));
      codes.add("%s k = (%s) (d * 0.0d - 0.0d); d = 1.0d / (double) k;".formatted(type, type));
    }
    compare(codes);
  }

  @Test
  void operandsAreEvaluatedFromLeftToRight() {
    var codes =
        List.of(
            "i = i++ + i++;",
            "i = i++;",
            "f = i++ * 10 + i;",
            "f = i * 10 + i++;",
            "Table[i++ & 7] = i;",
            "Table[i++ & 7] += i++;",
            "i += i++ + (i = 3);",
            "c = c++ + c++;",
            "c += c++;",
            "i = 1; Table[i] = (i = 2) + Table[1];",
            "f = min(i++, i++) + max(i, i++);",
            "f += (f = 3) * f;",
            "Table[0] += (Table[0] = 5);",
            "f = (i++, i) + i--;",
            "b = (i++ > 3) == (i > 3); f = b;");
    compare(codes);
    assertTrue(codes.size() > 10);
  }
}
