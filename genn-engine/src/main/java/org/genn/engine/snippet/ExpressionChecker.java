package org.genn.engine.snippet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Types of expressions: resolves names, chooses overloads, makes conversions explicit.
///
/// A fault gives the operand `BROKEN`, which every rule accepts silently, so that one fault gives one diagnostic.
final class ExpressionChecker {

  private static final int MOST_NAMES_LISTED = 40;

  /// Whether and how an operand can be assigned.
  enum Place {
    /// Not at all: the result of a computation.
    VALUE,
    MUTABLE,
    CONSTANT,
    WRITE_ONLY
  }

  /// @param type its type by the rules; for pointers it may be more constant than that of the tree
  /// @param apparent the type that overload resolution sees: a comparison counts as the common type of its
  ///     operands there, `&&`, `||` and `!` as `int32`
  record Operand(Expr expr, SnippetType type, SnippetType apparent, Place place) {
    static Operand value(Expr expr) {
      return new Operand(expr, expr.type(), expr.type(), Place.VALUE);
    }

    boolean isNumber() {
      return type instanceof SnippetType.Number;
    }

    boolean isIntegral() {
      return type instanceof SnippetType.Number(NumericType numeric) && numeric.isIntegral();
    }

    boolean isPointer() {
      return type instanceof SnippetType.Pointer;
    }

    NumericType numeric() {
      return type.numeric();
    }
  }

  private static final Operand BROKEN = Operand.value(Expr.Literal.of(0));

  private final Locals locals;
  private final Diagnostics diagnostics;
  private final Set<String> unclear;
  private final Set<String> reported = new HashSet<>();
  private final Map<String, Boolean> delayUse = new HashMap<>();
  private Environment environment;

  ExpressionChecker(Locals locals, Environment environment, Diagnostics diagnostics, Set<String> unclear) {
    this.locals = locals;
    this.environment = environment;
    this.diagnostics = diagnostics;
    this.unclear = unclear;
  }

  Environment environment() {
    return environment;
  }

  void environment(Environment environment) {
    this.environment = environment;
  }

  static boolean isBroken(Operand operand) {
    return operand == BROKEN;
  }

  // What statements ask for

  /// An expression whose value is used.
  Operand value(Syntax.Expression expression) {
    Operand operand = operand(expression);
    if (operand == BROKEN) {
      return BROKEN;
    }
    if (operand.place == Place.WRITE_ONLY) {
      return report(
          expression.span(),
          "%s is write-only here (the target of a reduction or broadcast) and cannot be read"
              .formatted(described(expression)));
    }
    if (operand.type instanceof SnippetType.Nothing) {
      return report(expression.span(), described(expression) + " gives no value");
    }
    return operand;
  }

  /// An expression whose value is not used.
  Expr effect(Syntax.Expression expression) {
    return expression instanceof Syntax.Name ? value(expression).expr : operand(expression).expr;
  }

  Expr condition(Syntax.Expression expression) {
    Operand operand = value(expression);
    if (operand == BROKEN) {
      return BROKEN.expr;
    }
    if (!operand.isNumber()) {
      return report(expression.span(), "a condition must be a number, got " + TypeNames.of(operand.type)).expr;
    }
    return convert(operand.expr, SnippetType.BOOL);
  }

  /// The value converted as for an assignment to a variable of that type.
  Expr converted(Syntax.Expression expression, SnippetType type) {
    Operand operand = value(expression);
    return operand == BROKEN ? BROKEN.expr : assignable(expression.span(), operand, type).expr;
  }

  // Expressions

  private Operand operand(Syntax.Expression expression) {
    return switch (expression) {
      case Syntax.Broken _ -> BROKEN;
      case Syntax.Number(_, String text) -> Operand.value(Literals.value(text, environment.scalar()));
      case Syntax.Truth(_, boolean value) ->
          Operand.value(new Expr.Literal(SnippetType.BOOL, value ? 1 : 0));
      case Syntax.Text(Span span, _) -> report(span, "a string can only be an argument of printf");
      case Syntax.Name(Span span, String name) -> name(span, name);
      case Syntax.Unary unary -> unary(unary);
      case Syntax.Step step -> step(step);
      case Syntax.Binary binary -> binary(binary);
      case Syntax.Conditional conditional -> conditional(conditional);
      case Syntax.Assign assign -> assign(assign);
      case Syntax.Call call -> call(call);
      case Syntax.Subscript subscript -> subscript(subscript);
      case Syntax.Cast(Span span, SnippetType type, Syntax.Expression operand, _) ->
          cast(span, type, value(operand));
      case Syntax.Sequence(Syntax.Expression first, Syntax.Expression second, _) -> {
        Expr effect = effect(first);
        Operand result = value(second);
        yield result == BROKEN
            ? BROKEN
            : new Operand(
                new Expr.Sequence(result.expr.type(), effect, result.expr),
                result.type,
                result.apparent,
                Place.VALUE);
      }
    };
  }

  private Operand name(Span span, String name) {
    Optional<Locals.Local> local = locals.find(name);
    if (local.isPresent()) {
      return variable(
          local.get().type(), local.get().name(), local.get().constant() ? Place.CONSTANT : Place.MUTABLE);
    }
    Environment.Variable variable = environment.variables().get(name);
    if (variable != null) {
      if (variable.delayable() && !delayUseIsConsistent(span, name, false)) {
        return BROKEN;
      }
      return variable(
          variable.type(),
          name,
          switch (variable.access()) {
            case READ_WRITE -> Place.MUTABLE;
            case READ_ONLY -> Place.CONSTANT;
            case WRITE_ONLY -> Place.WRITE_ONLY;
          });
    }
    if (environment.functions().containsKey(name) || FunctionLibrary.contains(name)) {
      return report(span, "'" + name + "' is a function; call it with '('");
    }
    return undefined(span, name, "defined", variablesInSight());
  }

  private static Operand variable(SnippetType type, String name, Place place) {
    return new Operand(new Expr.Name(type, name), type, type, place);
  }

  private Operand unary(Syntax.Unary unary) {
    String symbol = unary.operator().text();
    Span at = unary.operator().span();
    Operand operand = value(unary.operand());
    if (operand == BROKEN) {
      return BROKEN;
    }
    if (symbol.equals("*")) {
      return operand.type instanceof SnippetType.Pointer pointer
          ? element(pointer, operand.expr, Expr.Literal.of(0))
          : report(at, "'*' needs a pointer, got " + TypeNames.of(operand.type));
    }
    if (!operand.isNumber()) {
      return report(at, "'" + symbol + "' needs a number, got " + TypeNames.of(operand.type));
    }
    if (symbol.equals("!")) {
      var not =
          new Expr.Unary(SnippetType.BOOL, UnaryOperator.NOT, convert(operand.expr, SnippetType.BOOL));
      return new Operand(not, SnippetType.BOOL, SnippetType.INT32, Place.VALUE);
    }
    if (symbol.equals("~") && !operand.isIntegral()) {
      return report(at, "'~' needs an integer, got " + TypeNames.of(operand.type));
    }
    Expr promoted = promote(operand);
    return switch (symbol) {
      case "+" -> Operand.value(promoted);
      case "-" -> Operand.value(new Expr.Unary(promoted.type(), UnaryOperator.NEGATE, promoted));
      default -> Operand.value(new Expr.Unary(promoted.type(), UnaryOperator.COMPLEMENT, promoted));
    };
  }

  private Operand step(Syntax.Step step) {
    Operand target = operand(step.target());
    Span at = step.operator().span();
    String symbol = step.operator().text();
    if (target == BROKEN || !canBeAssigned(step.target(), target, at)) {
      return BROKEN;
    }
    if (target.place == Place.WRITE_ONLY) {
      return writeOnly(at, step.target(), symbol);
    }
    return Operand.value(
        new Expr.Increment(target.type, target.expr, symbol.equals("--"), step.postfix()));
  }

  private Operand binary(Syntax.Binary binary) {
    Operand left = value(binary.left());
    Operand right = value(binary.right());
    if (left == BROKEN || right == BROKEN) {
      return BROKEN;
    }
    BinaryOperator operator = binary.operator();
    if (left.isPointer() || right.isPointer()) {
      return pointerArithmetic(binary.at(), operator, left, right);
    }
    if (needsIntegers(operator) && !(left.isIntegral() && right.isIntegral())) {
      return report(binary.at(), wrongOperands(operator.symbol(), "integers", left, right));
    }
    if (operator.isLogical()) {
      var logical =
          new Expr.Binary(
              SnippetType.BOOL,
              operator,
              convert(left.expr, SnippetType.BOOL),
              convert(right.expr, SnippetType.BOOL));
      return new Operand(logical, SnippetType.BOOL, SnippetType.INT32, Place.VALUE);
    }
    if (isShift(operator)) {
      Expr shifted = promote(left);
      return Operand.value(new Expr.Binary(shifted.type(), operator, shifted, promote(right)));
    }
    SnippetType common = SnippetType.of(NumericType.common(left.numeric(), right.numeric()));
    Expr first = convert(left.expr, common);
    Expr second = convert(right.expr, common);
    if (operator.isComparison()) {
      NumericType apparent = NumericType.common(left.apparent.numeric(), right.apparent.numeric());
      var comparison = new Expr.Binary(SnippetType.BOOL, operator, first, second);
      return new Operand(comparison, SnippetType.BOOL, SnippetType.of(apparent), Place.VALUE);
    }
    return Operand.value(new Expr.Binary(common, operator, first, second));
  }

  private Operand pointerArithmetic(Span at, BinaryOperator operator, Operand left, Operand right) {
    if (operator == BinaryOperator.SUBTRACT && left.isPointer() && right.isPointer()) {
      return left.type.equals(right.type)
          ? Operand.value(new Expr.Binary(SnippetType.INT32, operator, left.expr, right.expr))
          : report(at, wrongOperands("-", "pointers to the same type", left, right));
    }
    if (operator == BinaryOperator.ADD && left.isIntegral()) {
      return offset(operator, right, left);
    }
    boolean offset = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
    if (offset && left.isPointer() && right.isIntegral()) {
      return offset(operator, left, right);
    }
    return report(
        at,
        offset
            ? wrongOperands(operator.symbol(), "numbers, or a pointer and an integer", left, right)
            : wrongOperands(operator.symbol(), needsIntegers(operator) ? "integers" : "numbers", left, right));
  }

  private static Operand offset(BinaryOperator operator, Operand pointer, Operand integer) {
    return new Operand(
        new Expr.Binary(pointer.expr.type(), operator, pointer.expr, promote(integer)),
        pointer.type,
        pointer.type,
        Place.VALUE);
  }

  private Operand conditional(Syntax.Conditional conditional) {
    Expr condition = condition(conditional.condition());
    Operand whenTrue = value(conditional.whenTrue());
    Operand whenFalse = value(conditional.whenFalse());
    if (whenTrue == BROKEN || whenFalse == BROKEN) {
      return BROKEN;
    }
    if (!whenTrue.isNumber() || !whenFalse.isNumber()) {
      Span span = conditional.whenTrue().span().to(conditional.whenFalse().span());
      return report(span, wrongOperands("?:", "numbers as branches", whenTrue, whenFalse));
    }
    SnippetType common = SnippetType.of(NumericType.common(whenTrue.numeric(), whenFalse.numeric()));
    return Operand.value(
        new Expr.Conditional(
            common, condition, convert(whenTrue.expr, common), convert(whenFalse.expr, common)));
  }

  private Operand assign(Syntax.Assign assign) {
    Operand target = operand(assign.target());
    Operand value = value(assign.value());
    Span at = assign.at().span();
    if (target == BROKEN || !canBeAssigned(assign.target(), target, at) || value == BROKEN) {
      return BROKEN;
    }
    if (assign.operator().isPresent()) {
      return target.place == Place.WRITE_ONLY
          ? writeOnly(at, assign.target(), assign.at().text())
          : compound(assign, assign.operator().get(), target, value);
    }
    Operand converted = assignable(at, value, target.type);
    if (converted == BROKEN) {
      return BROKEN;
    }
    return new Operand(
        new Expr.Assign(target.expr.type(), target.expr, Expr.Compound.PLAIN, converted.expr),
        target.type,
        target.type,
        target.place == Place.WRITE_ONLY ? Place.WRITE_ONLY : Place.VALUE);
  }

  private Operand compound(Syntax.Assign assign, BinaryOperator operator, Operand target, Operand value) {
    Span at = assign.at().span();
    String symbol = assign.at().text();
    boolean offset = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
    if (target.isPointer()) {
      return offset && value.isIntegral()
          ? compound(target, operator, target.type, promote(value))
          : report(at, wrongOperands(symbol, offset ? "an integer on its right" : "numbers", target, value));
    }
    if (!value.isNumber()) {
      return report(at, wrongOperands(symbol, "numbers", target, value));
    }
    if (needsIntegers(operator) && !(target.isIntegral() && value.isIntegral())) {
      return report(at, wrongOperands(symbol, "integers", target, value));
    }
    if (isShift(operator)) {
      return compound(target, operator, SnippetType.of(target.numeric().promoted()), promote(value));
    }
    SnippetType common = SnippetType.of(NumericType.common(target.numeric(), value.numeric()));
    return compound(target, operator, common, convert(value.expr, common));
  }

  private static Operand compound(Operand target, BinaryOperator operator, SnippetType common, Expr value) {
    var compound = new Expr.Compound(operator, common);
    return Operand.value(new Expr.Assign(target.expr.type(), target.expr, compound, value));
  }

  private Operand subscript(Syntax.Subscript subscript) {
    if (subscript.base() instanceof Syntax.Name(Span span, String name) && locals.find(name).isEmpty()) {
      Environment.Variable variable = environment.variables().get(name);
      if (variable != null && variable.delayable()) {
        boolean consistent = delayUseIsConsistent(span, name, true);
        Expr steps = index(subscript.index(), "the number of steps back");
        return consistent ? Operand.value(new Expr.Delayed(variable.type(), name, steps)) : BROKEN;
      }
    }
    Operand base = value(subscript.base());
    Expr index = index(subscript.index(), "a subscript");
    if (base == BROKEN) {
      return BROKEN;
    }
    return base.type instanceof SnippetType.Pointer pointer
        ? element(pointer, base.expr, index)
        : report(
            subscript.base().span(),
            "only pointers can have a subscript, %s is %s"
                .formatted(described(subscript.base()), TypeNames.of(base.type)));
  }

  private Expr index(Syntax.Expression expression, String what) {
    Operand index = value(expression);
    if (index == BROKEN || index.isIntegral()) {
      return promote(index);
    }
    return report(expression.span(), what + " must be an integer, got " + TypeNames.of(index.type)).expr;
  }

  private static Operand element(SnippetType.Pointer pointer, Expr base, Expr index) {
    SnippetType type = pointer.pointee();
    Place place = pointer.constant() ? Place.CONSTANT : Place.MUTABLE;
    return new Operand(new Expr.Subscript(type, base, index), type, type, place);
  }

  /// A delayable variable is used either always with or never without a subscript.
  private boolean delayUseIsConsistent(Span span, String name, boolean delayed) {
    Boolean before = delayUse.putIfAbsent(name, delayed);
    if (before != null && before != delayed) {
      report(span, "'" + name + "' is used both with and without a delay subscript; use one of them throughout");
      return false;
    }
    return true;
  }

  private Operand cast(Span span, SnippetType type, Operand operand) {
    if (operand == BROKEN) {
      return BROKEN;
    }
    if (type instanceof SnippetType.Number && operand.isNumber()) {
      return Operand.value(convert(operand.expr, type));
    }
    if (keepsConst(operand.type, type)) {
      return new Operand(operand.expr, type, type, Place.VALUE);
    }
    return report(span, "%s cannot be cast to %s".formatted(TypeNames.of(operand.type), TypeNames.of(type)));
  }

  // Calls

  private Operand call(Syntax.Call call) {
    String name = call.function().name();
    Span span = call.function().span();
    boolean takesText = name.equals("printf") && !environment.functions().containsKey(name);
    List<Operand> arguments =
        call.arguments().stream().map(argument -> argument(argument, takesText)).toList();
    if (locals.find(name).isPresent() || environment.variables().containsKey(name)) {
      return report(span, "'" + name + "' is a variable, not a function");
    }
    SnippetType.Function provided = environment.functions().get(name);
    if (provided == null && FunctionLibrary.isRandom(name) && !environment.hasRandomNumbers()) {
      return report(
          span,
          "'%s' is not available here; random numbers can be used in the code of neurons, postsynaptic models,"
              .formatted(name)
              + " current sources, initialisation and connectivity, and in the per-neuron code of weight update"
              + " models");
    }
    List<SnippetType.Function> candidates =
        provided != null ? List.of(provided) : FunctionLibrary.overloads(name, environment.scalar());
    if (candidates.isEmpty()) {
      return undefined(span, name, "a function", functionsInSight());
    }
    if (arguments.stream().anyMatch(ExpressionChecker::isBroken)) {
      return BROKEN;
    }
    return resolve(call, candidates, arguments, provided == null && FunctionLibrary.isSymmetric(name));
  }

  private Operand argument(Syntax.Expression expression, boolean takesText) {
    if (takesText && expression instanceof Syntax.Text(_, String characters)) {
      return Operand.value(new Expr.Text(characters));
    }
    return value(expression);
  }

  private Operand resolve(
      Syntax.Call call, List<SnippetType.Function> candidates, List<Operand> arguments, boolean symmetric) {
    List<SnippetType> types = arguments.stream().map(Operand::apparent).toList();
    if (symmetric && types.stream().allMatch(SnippetType.Number.class::isInstance)) {
      NumericType common =
          types.stream().map(SnippetType::numeric).reduce(NumericType::common).orElse(NumericType.INT32);
      types = types.stream().map(_ -> SnippetType.of(common)).toList();
    }
    Optional<SnippetType.Function> best = Overloads.best(candidates, types);
    String name = call.function().name();
    if (best.isEmpty()) {
      return report(call.function().span(), Overloads.problem(name, candidates, types));
    }
    SnippetType.Function overload = best.get();
    if (overload.variadic() && !(arguments.getFirst().expr instanceof Expr.Text)) {
      return report(call.arguments().getFirst().span(), "the format of " + name + " must be a string in quotes");
    }
    var converted = new ArrayList<Expr>();
    for (int i = 0; i < arguments.size(); i++) {
      Operand argument = arguments.get(i);
      converted.add(
          i < overload.parameters().size()
              ? convert(argument.expr, overload.parameters().get(i))
              : variadicArgument(argument));
    }
    return Operand.value(new Expr.Call(overload.result(), name, overload, converted));
  }

  private static Expr variadicArgument(Operand argument) {
    if (!argument.isNumber()) {
      return argument.expr;
    }
    return argument.numeric().isReal() ? convert(argument.expr, SnippetType.DOUBLE) : promote(argument);
  }

  // Conversions

  /// Converts numbers; a pointer stays as it is, it can at most become more constant.
  private static Expr convert(Expr expr, SnippetType type) {
    return type.equals(expr.type()) || !(type instanceof SnippetType.Number)
        ? expr
        : new Expr.Convert(type, expr);
  }

  private static Expr promote(Operand operand) {
    return convert(operand.expr, SnippetType.of(operand.numeric().promoted()));
  }

  private Operand assignable(Span span, Operand value, SnippetType type) {
    if (type instanceof SnippetType.Number && value.isNumber()) {
      return Operand.value(convert(value.expr, type));
    }
    if (keepsConst(value.type, type)) {
      return value;
    }
    return report(
        span, "%s cannot become %s".formatted(TypeNames.of(value.type), TypeNames.of(type)));
  }

  /// Pointers to the same type, where `to` does not permit more than `from`.
  static boolean keepsConst(SnippetType from, SnippetType to) {
    return from instanceof SnippetType.Pointer(SnippetType pointee, boolean constant)
        && to instanceof SnippetType.Pointer(SnippetType target, boolean targetConstant)
        && pointee.equals(target)
        && (targetConstant || !constant);
  }

  private static boolean isShift(BinaryOperator operator) {
    return operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
  }

  private static boolean needsIntegers(BinaryOperator operator) {
    return switch (operator) {
      case REMAINDER, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_XOR, BIT_OR -> true;
      case MULTIPLY, DIVIDE, ADD, SUBTRACT, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR ->
          false;
    };
  }

  // Faults

  Operand report(Span span, String problem) {
    diagnostics.report(span, problem);
    return BROKEN;
  }

  private boolean canBeAssigned(Syntax.Expression target, Operand operand, Span at) {
    switch (operand.place) {
      case MUTABLE, WRITE_ONLY -> {
        return true;
      }
      case CONSTANT ->
          report(
              at,
              target instanceof Syntax.Name
                  ? described(target) + " is read-only"
                  : "the elements of " + described(target) + " are read-only");
      case VALUE ->
          report(
              at,
              operand.expr instanceof Expr.Delayed
                  ? "an earlier value of a variable cannot be changed"
                  : "the left side cannot be assigned; only variables and elements of arrays can");
    }
    return false;
  }

  private Operand writeOnly(Span at, Syntax.Expression target, String symbol) {
    return report(
        at,
        "%s is write-only here (the target of a reduction or broadcast); it can be assigned with '=' but not with '%s'"
            .formatted(described(target), symbol));
  }

  private static String wrongOperands(String symbol, String needed, Operand left, Operand right) {
    return "'%s' needs %s, got %s and %s"
        .formatted(symbol, needed, TypeNames.of(left.type), TypeNames.of(right.type));
  }

  private static String described(Syntax.Expression expression) {
    return switch (expression) {
      case Syntax.Name(_, String name) -> "'" + name + "'";
      case Syntax.Call call -> "'" + call.function().name() + "'";
      case Syntax.Subscript subscript -> described(subscript.base());
      case Syntax.Assign assign -> described(assign.target());
      case Syntax.Unary unary when unary.operator().text().equals("*") -> described(unary.operand());
      case Syntax.Broken _,
          Syntax.Number _,
          Syntax.Truth _,
          Syntax.Text _,
          Syntax.Unary _,
          Syntax.Step _,
          Syntax.Binary _,
          Syntax.Conditional _,
          Syntax.Cast _,
          Syntax.Sequence _ ->
          "this expression";
    };
  }

  private Set<String> variablesInSight() {
    var names = new TreeSet<>(locals.visible());
    names.addAll(environment.variables().keySet());
    return names;
  }

  private Set<String> functionsInSight() {
    return new TreeSet<>(environment.functions().keySet());
  }

  /// Each undefined name is reported once per snippet, and not at all when its declaration may have got lost.
  private Operand undefined(Span span, String name, String what, Set<String> available) {
    if (unclear.contains(name) || !reported.add(name)) {
      return BROKEN;
    }
    boolean inLoop =
        environment.insideSynapseLoop().isPresent()
            && (environment.insideSynapseLoop().get().variables().containsKey(name)
                || environment.insideSynapseLoop().get().functions().containsKey(name));
    if (inLoop) {
      return report(span, "'" + name + "' is only defined inside for_each_synapse");
    }
    String problem = "'" + name + "' is not " + what + " here; available: " + listed(available);
    var candidates = new TreeSet<>(available);
    if (what.equals("a function")) {
      problem += " and the standard library";
      candidates.addAll(FunctionLibrary.functions());
      if (environment.hasRandomNumbers()) {
        candidates.addAll(FunctionLibrary.randomFunctions());
      }
    }
    Optional<String> nearest = Spelling.nearest(name, candidates);
    return report(span, problem + nearest.map("; did you mean '%s'?"::formatted).orElse(""));
  }

  private static String listed(Set<String> names) {
    if (names.size() <= MOST_NAMES_LISTED) {
      return names.toString();
    }
    return names.stream()
        .limit(MOST_NAMES_LISTED)
        .collect(Collectors.joining(", ", "[", ", … (" + names.size() + " in all)]"));
  }
}
