package io.narthex.promql.syntax;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.VectorMatching.Cardinality;
import java.util.ArrayDeque;
import java.util.List;

/** What the grammar cannot say: types, numbers of arguments, matchers that select everything. */
final class Checker {
  private final byte[] input;

  Checker(byte[] input) {
    this.input = input;
  }

  void check(Expr expr) throws ParseException {
    switch (expr) {
      case NumberLiteral _, StringLiteral _ -> {}
      case ParenExpr paren -> check(paren.expr());
      case UnaryExpr unary -> checkUnary(unary);
      case BinaryExpr binary -> checkChain(binary);
      case AggregateExpr aggregate -> checkAggregate(aggregate);
      case Call call -> checkCall(call);
      case VectorSelector selector -> checkSelector(selector, false);
      case MatrixSelector matrix -> checkSelector(matrix.selector(), false);
      case SubqueryExpr subquery -> {
        check(subquery.expr());
        if (subquery.expr().type() != ValueType.VECTOR) {
          throw fail(
              subquery.position(),
              "subquery is only allowed on instant vector, got "
                  + subquery.expr().type().apiName()
                  + " instead");
        }
      }
    }
  }

  private ParseException fail(PositionRange position, String message) {
    return new ParseException(input, position, message);
  }

  private void checkUnary(UnaryExpr unary) throws ParseException {
    check(unary.expr());
    ValueType type = unary.expr().type();
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw fail(
          unary.position(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \""
              + type.documentedName()
              + "\"");
    }
  }

  private void checkAggregate(AggregateExpr aggregate) throws ParseException {
    expect(aggregate.expr(), ValueType.VECTOR, "aggregation expression");
    if (aggregate.parameter().isPresent()) {
      boolean text = aggregate.operator() == AggregateOperator.COUNT_VALUES;
      ValueType wanted = text ? ValueType.STRING : ValueType.SCALAR;
      expect(aggregate.parameter().get(), wanted, "aggregation parameter");
    }
  }

  private void expect(Expr expr, ValueType wanted, String context) throws ParseException {
    check(expr);
    if (expr.type() != wanted) {
      throw wrongType(expr, wanted, context);
    }
  }

  private ParseException wrongType(Expr expr, ValueType wanted, String context) {
    return fail(
        expr.position(),
        "expected type "
            + wanted.documentedName()
            + " in "
            + context
            + ", got "
            + expr.type().documentedName());
  }

  /** Chains of operators lean to the left and can be very long: that side is walked in a loop. */
  private void checkChain(BinaryExpr top) throws ParseException {
    ArrayDeque<BinaryExpr> chain = new ArrayDeque<>();
    Expr leftmost = top;
    while (leftmost instanceof BinaryExpr binary) {
      chain.push(binary);
      leftmost = binary.left();
    }
    check(leftmost);
    for (BinaryExpr binary : chain) {
      check(binary.right());
      checkOperator(binary);
    }
  }

  private void checkOperator(BinaryExpr binary) throws ParseException {
    BinaryOperator operator = binary.operator();
    if (binary.returnBool() && !operator.isComparison()) {
      throw fail(
          operatorPosition(binary), "bool modifier can only be used on comparison operators");
    }
    if (operator.isComparison() && !binary.returnBool() && binary.type() == ValueType.SCALAR) {
      throw fail(operatorPosition(binary), "comparisons between scalars must use BOOL modifier");
    }
    VectorMatching matching = binary.matching();
    if (matching.on()) {
      for (String label : matching.labels()) {
        if (matching.include().contains(label)) {
          throw fail(
              operatorPosition(binary),
              "label " + TokenText.quote(label) + " must not occur in ON and GROUP clause at once");
        }
      }
    }
    checkOperand(binary.left());
    checkOperand(binary.right());
    if (!binary.isVectorToVector()) {
      checkNoMatching(binary);
    } else if (operator.isSet()) {
      checkSetMatching(binary);
    }
  }

  private void checkOperand(Expr side) throws ParseException {
    if (side.type() != ValueType.SCALAR && side.type() != ValueType.VECTOR) {
      throw fail(
          side.position(), "binary expression must contain only scalar and instant vector types");
    }
  }

  private void checkNoMatching(BinaryExpr binary) throws ParseException {
    if (!binary.matching().labels().isEmpty()) {
      throw fail(binary.position(), "vector matching only allowed between instant vectors");
    }
    if (binary.matching().fills()) {
      throw fail(
          binary.position(), "filling in missing series only allowed between instant vectors");
    }
    boolean scalarSide =
        binary.left().type() == ValueType.SCALAR || binary.right().type() == ValueType.SCALAR;
    if (scalarSide && binary.operator().isSet()) {
      throw fail(
          binary.position(),
          "set operator \""
              + binary.operator().symbol()
              + "\" not allowed in binary scalar expression");
    }
  }

  private void checkSetMatching(BinaryExpr binary) throws ParseException {
    if (binary.matching().cardinality() != Cardinality.MANY_TO_MANY) {
      throw fail(
          binary.position(),
          "no grouping allowed for \"" + binary.operator().symbol() + "\" operation");
    }
    if (binary.matching().fills()) {
      throw fail(binary.position(), "filling in missing series not allowed for set operators");
    }
  }

  /** The text between the two sides. */
  private PositionRange operatorPosition(BinaryExpr binary) {
    int start = binary.left().position().end();
    int end = binary.right().position().start() - 1;
    while (start < input.length && Scanner.isSpace(input[start])) {
      start++;
    }
    while (end > start && Scanner.isSpace(input[end])) {
      end--;
    }
    return new PositionRange(start, end);
  }

  private void checkCall(Call call) throws ParseException {
    checkArgumentCount(call);
    List<Expr> arguments = call.arguments();
    boolean info = call.name().equals("info");
    if (info && arguments.size() > 1) {
      checkInfoSelector(call);
    }
    for (int i = 0; i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      if (info && i == 1 && argument instanceof VectorSelector selector) {
        checkSelector(selector, true);
      } else {
        check(argument);
      }
      ValueType wanted = call.function().argumentType(i);
      if (argument.type() != wanted) {
        throw wrongType(argument, wanted, "call to function " + TokenText.quote(call.name()));
      }
    }
  }

  private void checkArgumentCount(Call call) throws ParseException {
    FunctionSignature function = call.function();
    int given = call.arguments().size();
    if (given >= function.minArguments() && given <= function.maxArguments()) {
      return;
    }
    boolean few = given < function.minArguments();
    String bound = function.variadic() == 0 ? "" : few ? "at least " : "at most ";
    throw fail(
        call.position(),
        "expected "
            + bound
            + (few ? function.minArguments() : function.maxArguments())
            + " argument(s) in call to "
            + TokenText.quote(function.name())
            + ", got "
            + given);
  }

  private void checkInfoSelector(Call call) throws ParseException {
    Expr argument = call.arguments().get(1);
    if (argument.type() != ValueType.VECTOR) {
      PositionRange position = call.position();
      throw fail(
          position,
          "expected type instant vector in call to function \"info\", got "
              + argument.type().documentedName());
    }
    if (!(argument instanceof VectorSelector selector)) {
      throw fail(argument.position(), "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw fail(argument.position(), "expected label selectors only, got vector selector instead");
    }
  }

  private void checkSelector(VectorSelector selector, boolean mayMatchAll) throws ParseException {
    if (!selector.name().isEmpty()) {
      for (int i = 0; i < selector.matchers().size() - 1; i++) {
        Matcher matcher = selector.matchers().get(i);
        if (matcher.name().equals(Labels.METRIC_NAME)) {
          throw fail(
              selector.position(),
              "metric name must not be set twice: "
                  + TokenText.quote(selector.name())
                  + " or "
                  + TokenText.quote(matcher.value()));
        }
      }
      return;
    }
    if (mayMatchAll) {
      return;
    }
    for (Matcher matcher : selector.matchers()) {
      if (!matcher.matchesEmpty()) {
        return;
      }
    }
    throw fail(selector.position(), "vector selector must contain at least one non-empty matcher");
  }
}
