package org.genn.engine.snippet;

import java.util.List;
import java.util.random.RandomGenerator;

/// Random codes: grammatical ones (not all of them well typed), mutated ones and mere rows of
/// tokens.
final class CodeGenerator {

  private static final List<String> TOKENS =
      List.of(
          ("f d b c i u l m ro wo p cp up x addToPost exp min printf gennrand_uniform unknown _a a1"
               + " const do else for if while switch break continue case default for_each_synapse"
               + " true false char short int long float double signed unsigned bool int8_t uint64_t"
               + " size_t scalar timepoint return sizeof ( ) { } [ ] , . ; : ? ~ ! = == != < <= >"
               + " >= + += ++ - -= -- * *= / /= % %= ^ ^= & &= && | |= || << <<= >> >>= 0 1 2.5"
               + " 1e3f 0xFF 3u 1f 08 .5 1.0d \"s\" \" ' # @ $ $( // /* */ \\ é")
              .split(" "));
  private static final String[] NUMBERS = {
    "f", "d", "b", "c", "i", "u", "l", "m", "ro", "*p", "up[i]", "x"
  };
  private static final String[] TARGETS = {
    "f", "d", "b", "c", "i", "u", "l", "m", "wo", "*p", "up[i]"
  };
  private static final String[] LITERALS = {
    "0", "1", "3u", "0x1F", "4294967296", "2.5", "1.0f", "1e-3d", "true", "false"
  };
  private static final String[] BINARY = {
    "+", "-", "*", "/", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "&", "<<",
    "% (int)"
  };
  private static final String[] ASSIGN = {
    "=", "=", "=", "=", "=", "=", "=", "=", "+=", "-=", "*=", "/=", "%=", "|=", ">>="
  };
  private static final String[] TYPES = {
    "int",
    "scalar",
    "const float",
    "unsigned char",
    "bool",
    "double",
    "timepoint",
    "long",
    "scalar*",
    "const scalar *"
  };

  private final RandomGenerator random;
  private int locals;

  CodeGenerator(RandomGenerator random) {
    this.random = random;
  }

  String code() {
    return switch (random.nextInt(6)) {
      case 0 -> tokens();
      case 1 -> mutated(grammatical());
      case 2, 3 -> {
        String code = grammatical();
        yield new SnippetMutations(random).mutated(code, grammatical());
      }
      default -> grammatical();
    };
  }

  /// An expression, whole or damaged, or the name of a type.
  String condition() {
    String code = random.nextInt(8) == 0 ? pick(TYPES) : expression(3);
    return random.nextBoolean() ? new SnippetMutations(random).mutated(code, expression(2)) : code;
  }

  private String tokens() {
    var code = new StringBuilder();
    int count = random.nextInt(40);
    for (int n = 0; n < count; n++) {
      code.append(TOKENS.get(random.nextInt(TOKENS.size())))
          .append(random.nextInt(4) == 0 ? "" : " ");
    }
    return code.toString();
  }

  private String mutated(String code) {
    var text = new StringBuilder(code);
    int count = 1 + random.nextInt(3);
    for (int n = 0; n < count; n++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(6));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
        case 2 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  String grammatical() {
    locals = 0;
    var code = new StringBuilder();
    int count = random.nextInt(5);
    for (int n = 0; n <= count; n++) {
      code.append(item(3)).append(random.nextBoolean() ? "\n" : " ");
    }
    return code.toString();
  }

  private String item(int depth) {
    if (random.nextInt(4) == 0) {
      boolean reuse = locals > 0 && random.nextInt(40) == 0;
      String name = reuse ? local() : "v" + locals++;
      String type = pick(TYPES);
      String initial = type.contains("*") ? "p + " + random.nextInt(3) : expression(depth);
      return type + " " + name + (random.nextInt(4) == 0 ? ";" : " = " + initial + ";");
    }
    return statement(depth);
  }

  private String statement(int depth) {
    if (depth == 0) {
      return pick(TARGETS) + " " + pick(ASSIGN) + " " + expression(2) + ";";
    }
    return switch (random.nextInt(12)) {
      case 0 -> "if (" + expression(2) + ") " + statement(depth - 1);
      case 1 ->
          "if (" + expression(2) + ") " + statement(depth - 1) + " else " + statement(depth - 1);
      case 2 -> "while (" + expression(2) + ") { " + item(depth - 1) + " break; }";
      case 3 -> "do " + statement(depth - 1) + " while (" + expression(1) + ");";
      case 4 ->
          "for (int k = 0; k < " + expression(1) + "; k++) { " + item(depth - 1) + " continue; }";
      case 5 ->
          "switch (i) { case %d: %s break; case 1 + 4: %s default: %s }"
              .formatted(
                  random.nextInt(7), statement(depth - 1), item(depth - 1), statement(depth - 1));
      case 6 -> "{ " + item(depth - 1) + " " + item(depth - 1) + " }";
      case 7 -> "addToPost(" + expression(depth) + ");";
      case 8 -> pick(TARGETS) + "++;";
      default -> pick(TARGETS) + " " + pick(ASSIGN) + " " + expression(depth) + ";";
    };
  }

  private String expression(int depth) {
    if (depth == 0) {
      return random.nextInt(3) == 0
          ? pick(LITERALS)
          : random.nextInt(20) == 0 && locals > 0 ? local() : pick(NUMBERS);
    }
    return switch (random.nextInt(10)) {
      case 0 -> "(" + expression(depth - 1) + ")";
      case 1 ->
          pick(new String[] {"-", "!", "+", "~(int)", "(int)", "(scalar)"}) + expression(depth - 1);
      case 2 ->
          expression(depth - 1) + " ? " + expression(depth - 1) + " : " + expression(depth - 1);
      case 3 ->
          pick(new String[] {"exp", "abs", "fabs", "clz"}) + "(" + expression(depth - 1) + ")";
      case 4 ->
          pick(new String[] {"min", "max", "pow", "fmod"})
              + "("
              + expression(0)
              + ", "
              + expression(depth - 1)
              + ")";
      case 5 -> "(" + pick(TARGETS) + " = " + expression(depth - 1) + ")";
      default -> expression(depth - 1) + " " + pick(BINARY) + " " + expression(depth - 1);
    };
  }

  private String local() {
    return "v" + random.nextInt(locals);
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
