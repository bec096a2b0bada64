package org.genn.engine.snippet;

import static org.genn.engine.snippet.Operand.BROKEN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Types of expressions: resolves names, chooses overloads, makes conversions explicit.
///
/// A fault gives the operand `BROKEN`, which every rule accepts silently, so that one fault gives
/// one diagnostic.
final class ExpressionChecker {

  private final Locals locals;
  private final Diagnostics diagnostics;
  private final UndefinedNames undefined;
  private final OperatorRules operators;
  private final Map<String, Boolean> delayUse = new HashMap<>();
  private Environment environment;

  ExpressionChecker(
      Locals locals, Environment environment, Diagnostics diagnostics, Set<String> unclear) {
    this.locals = locals;
    this.environment = environment;
    this.diagnostics = diagnostics;
    this.undefined = new UndefinedNames(locals, diagnostics, unclear);
    this.operators = new OperatorRules(diagnostics);
  }

  Environment environment() {
    return environment;
  }

  void environment(Environment environment) {
    this.environment = environment;
  }

  // What statements ask for

  /// An expression whose value is used.
  Operand value(Syntax.Expression expression) {
    Operand operand = operand(expression);
    if (operand.isBroken()) {
      return BROKEN;
    }
    if (operand.place() == Operand.Place.WRITE_ONLY) {
      return report(
          expression.span(),
          "%s is write-only here (the target of a reduction or broadcast) and cannot be read"
              .formatted(described(expression)));
    }
    if (operand.type() instanceof SnippetType.Nothing) {
      return report(expression.span(), described(expression) + " gives no value");
    }
    return operand;
  }

  /// An expression whose value is not used.
  Expr effect(Syntax.Expression expression) {
    return expression instanceof Syntax.Name
        ? value(expression).expr()
        : operand(expression).expr();
  }

  Expr condition(Syntax.Expression expression) {
    Operand operand = value(expression);
    if (operand.isBroken()) {
      return BROKEN.expr();
    }
    if (!operand.isNumber()) {
      return report(
              expression.span(),
              "a condition must be a number, got " + TypeNames.of(operand.type()))
          .expr();
    }
    return operand.as(SnippetType.BOOL);
  }

  /// The value converted as for an assignment to a variable of that type.
  Expr converted(Syntax.Expression expression, SnippetType type) {
    Operand operand = value(expression);
    return operand.isBroken() ? BROKEN.expr() : assignable(expression.span(), operand, type).expr();
  }

  // Expressions

  private Operand operand(Syntax.Expression expression) {
    return switch (expression) {
      case Syntax.Broken _ -> BROKEN;
      case Syntax.Number(_, String text) ->
          Operand.value(Literals.value(text, environment.scalar()));
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
        yield result.isBroken()
            ? BROKEN
            : new Operand(
                new Expr.Sequence(result.expr().type(), effect, result.expr()),
                result.type(),
                result.apparent(),
                Operand.Place.VALUE);
      }
    };
  }

  private Operand name(Span span, String name) {
    Optional<Locals.Local> local = locals.find(name);
    if (local.isPresent()) {
      return variable(
          local.get().type(),
          local.get().name(),
          local.get().constant() ? Operand.Place.CONSTANT : Operand.Place.MUTABLE);
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
            case READ_WRITE -> Operand.Place.MUTABLE;
            case READ_ONLY -> Operand.Place.CONSTANT;
            case WRITE_ONLY -> Operand.Place.WRITE_ONLY;
          });
    }
    if (environment.functions().containsKey(name) || FunctionLibrary.contains(name)) {
      return report(span, "'" + name + "' is a function; call it with '('");
    }
    undefined.variable(span, name, environment);
    return BROKEN;
  }

  private static Operand variable(SnippetType type, String name, Operand.Place place) {
    return new Operand(new Expr.Name(type, name), type, type, place);
  }

  private Operand unary(Syntax.Unary unary) {
    Operand operand = value(unary.operand());
    return operand.isBroken()
        ? BROKEN
        : operators.unary(unary.operator().span(), unary.operator().text(), operand);
  }

  private Operand step(Syntax.Step step) {
    Operand target = operand(step.target());
    Span at = step.operator().span();
    String symbol = step.operator().text();
    if (target.isBroken() || !canBeAssigned(step.target(), target, at)) {
      return BROKEN;
    }
    if (target.place() == Operand.Place.WRITE_ONLY) {
      return writeOnly(at, step.target(), symbol);
    }
    return Operand.value(
        new Expr.Increment(target.type(), target.expr(), symbol.equals("--"), step.postfix()));
  }

  private Operand binary(Syntax.Binary binary) {
    Operand left = value(binary.left());
    Operand right = value(binary.right());
    return left.isBroken() || right.isBroken()
        ? BROKEN
        : operators.binary(binary.at(), binary.operator(), left, right);
  }

  private Operand conditional(Syntax.Conditional conditional) {
    Expr condition = condition(conditional.condition());
    Operand whenTrue = value(conditional.whenTrue());
    Operand whenFalse = value(conditional.whenFalse());
    Span branches = conditional.whenTrue().span().to(conditional.whenFalse().span());
    return whenTrue.isBroken() || whenFalse.isBroken()
        ? BROKEN
        : operators.conditional(branches, condition, whenTrue, whenFalse);
  }

  private Operand assign(Syntax.Assign assign) {
    Operand target = operand(assign.target());
    Operand value = value(assign.value());
    Span at = assign.at().span();
    if (target.isBroken() || !canBeAssigned(assign.target(), target, at) || value.isBroken()) {
      return BROKEN;
    }
    if (assign.operator().isPresent()) {
      return target.place() == Operand.Place.WRITE_ONLY
          ? writeOnly(at, assign.target(), assign.at().text())
          : operators.compound(at, assign.at().text(), assign.operator().get(), target, value);
    }
    Operand converted = assignable(at, value, target.type());
    if (converted.isBroken()) {
      return BROKEN;
    }
    return new Operand(
        new Expr.Assign(target.expr().type(), target.expr(), Expr.Compound.PLAIN, converted.expr()),
        target.type(),
        target.type(),
        target.place() == Operand.Place.WRITE_ONLY
            ? Operand.Place.WRITE_ONLY
            : Operand.Place.VALUE);
  }

  private Operand subscript(Syntax.Subscript subscript) {
    if (subscript.base() instanceof Syntax.Name(Span span, String name)
        && locals.find(name).isEmpty()) {
      Environment.Variable variable = environment.variables().get(name);
      if (variable != null && variable.delayable()) {
        boolean consistent = delayUseIsConsistent(span, name, true);
        Expr steps = index(subscript.index(), "the number of steps back");
        return consistent ? Operand.value(new Expr.Delayed(variable.type(), name, steps)) : BROKEN;
      }
    }
    Operand base = value(subscript.base());
    Expr index = index(subscript.index(), "a subscript");
    if (base.isBroken()) {
      return BROKEN;
    }
    return base.type() instanceof SnippetType.Pointer pointer
        ? OperatorRules.element(pointer, base.expr(), index)
        : report(
            subscript.base().span(),
            "only pointers can have a subscript, %s is %s"
                .formatted(described(subscript.base()), TypeNames.of(base.type())));
  }

  private Expr index(Syntax.Expression expression, String what) {
    Operand index = value(expression);
    if (index.isBroken() || index.isIntegral()) {
      return index.promoted();
    }
    return report(
            expression.span(), what + " must be an integer, got " + TypeNames.of(index.type()))
        .expr();
  }

  /// A delayable variable is used either always with or never without a subscript.
  private boolean delayUseIsConsistent(Span span, String name, boolean delayed) {
    Boolean before = delayUse.putIfAbsent(name, delayed);
    if (before != null && before != delayed) {
      report(
          span,
          "'"
              + name
              + "' is used both with and without a delay subscript; use one of them throughout");
      return false;
    }
    return true;
  }

  private Operand cast(Span span, SnippetType type, Operand operand) {
    if (operand.isBroken()) {
      return BROKEN;
    }
    if (type instanceof SnippetType.Number && operand.isNumber()) {
      return Operand.value(operand.as(type));
    }
    if (Operand.keepsConst(operand.type(), type)) {
      return new Operand(operand.expr(), type, type, Operand.Place.VALUE);
    }
    return report(
        span,
        "%s cannot be cast to %s".formatted(TypeNames.of(operand.type()), TypeNames.of(type)));
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
              + " current sources, initialisation and connectivity, and in the per-neuron code of"
              + " weight update models");
    }
    List<SnippetType.Function> candidates =
        provided != null
            ? List.of(provided)
            : FunctionLibrary.overloads(name, environment.scalar());
    if (candidates.isEmpty()) {
      undefined.function(span, name, environment);
      return BROKEN;
    }
    if (arguments.stream().anyMatch(Operand::isBroken)) {
      return BROKEN;
    }
    return resolve(
        call, candidates, arguments, provided == null && FunctionLibrary.isSymmetric(name));
  }

  private Operand argument(Syntax.Expression expression, boolean takesText) {
    if (takesText && expression instanceof Syntax.Text(Span span, String characters)) {
      Optional<String> problem = PrintConversion.unknownEscape(characters);
      if (problem.isPresent()) {
        return report(span, problem.get());
      }
      return Operand.value(new Expr.Text(characters));
    }
    return value(expression);
  }

  private Operand resolve(
      Syntax.Call call,
      List<SnippetType.Function> candidates,
      List<Operand> arguments,
      boolean symmetric) {
    List<SnippetType> types = arguments.stream().map(Operand::apparent).toList();
    if (symmetric && types.stream().allMatch(SnippetType.Number.class::isInstance)) {
      NumericType common =
          types.stream()
              .map(SnippetType::numeric)
              .reduce(NumericType::common)
              .orElse(NumericType.INT32);
      types = types.stream().map(_ -> SnippetType.of(common)).toList();
    }
    Optional<SnippetType.Function> best = Overloads.best(candidates, types);
    String name = call.function().name();
    if (best.isEmpty()) {
      return report(call.function().span(), Overloads.problem(name, candidates, types));
    }
    SnippetType.Function overload = best.get();
    if (overload.variadic() && !(arguments.getFirst().expr() instanceof Expr.Text)) {
      return report(
          call.arguments().getFirst().span(),
          "the format of " + name + " must be a string in quotes");
    }
    var converted = new ArrayList<Expr>();
    for (int i = 0; i < arguments.size(); i++) {
      Operand argument = arguments.get(i);
      converted.add(
          i < overload.parameters().size()
              ? argument.as(overload.parameters().get(i))
              : variadicArgument(argument));
    }
    if (overload.variadic() && converted.getFirst() instanceof Expr.Text(String format)) {
      var rest = converted.subList(1, converted.size()).stream().map(Expr::type).toList();
      Optional<String> problem = PrintConversion.problem(format, rest);
      if (problem.isPresent()) {
        return report(call.arguments().getFirst().span(), problem.get());
      }
    }
    return Operand.value(new Expr.Call(overload.result(), name, overload, converted));
  }

  private static Expr variadicArgument(Operand argument) {
    if (!argument.isNumber()) {
      return argument.expr();
    }
    return argument.numeric().isReal() ? argument.as(SnippetType.DOUBLE) : argument.promoted();
  }

  // Conversions

  private Operand assignable(Span span, Operand value, SnippetType type) {
    if (type instanceof SnippetType.Number && value.isNumber()) {
      return Operand.value(value.as(type));
    }
    if (Operand.keepsConst(value.type(), type)) {
      return value;
    }
    return report(
        span,
        "a value of type %s cannot be assigned to one of type %s"
            .formatted(TypeNames.of(value.type()), TypeNames.of(type)));
  }

  // Faults

  Operand report(Span span, String problem) {
    diagnostics.report(span, problem);
    return BROKEN;
  }

  private boolean canBeAssigned(Syntax.Expression target, Operand operand, Span at) {
    switch (operand.place()) {
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
              operand.expr() instanceof Expr.Delayed
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

  private static String described(Syntax.Expression expression) {
    return switch (expression) {
      case Syntax.Name(_, String name) -> Diagnostics.quoted(name);
      case Syntax.Call call -> Diagnostics.quoted(call.function().name());
      case Syntax.Subscript subscript -> described(subscript.base());
      case Syntax.Assign assign -> described(assign.target());
      case Syntax.Unary unary when unary.operator().text().equals("*") ->
          described(unary.operand());
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
}
