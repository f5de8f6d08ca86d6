package io.narthex.web.api.v1;

import io.narthex.model.labels.Matcher;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.AtModifier;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.DurationExpr;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorMatching;
import io.narthex.promql.syntax.VectorSelector;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes a query's tree for the UI's tree view. Members are in the order of their names, as
 * Prometheus writes them.
 */
final class AstJson {
  private final JsonWriter json;

  AstJson(JsonWriter json) {
    this.json = json;
  }

  void write(Expr expr) throws IOException {
    switch (expr) {
      case AggregateExpr aggregate -> aggregation(aggregate);
      case BinaryExpr binary -> binary(binary);
      case Call call -> call(call);
      case MatrixSelector matrix -> matrixSelector(matrix);
      case VectorSelector vector -> vectorSelector(vector);
      case SubqueryExpr subquery -> subquery(subquery);
      case NumberLiteral number -> {
        json.beginObject();
        type("numberLiteral");
        json.name("val").text(GoFloat.plain(number.value())).endObject();
      }
      case StringLiteral string -> {
        json.beginObject();
        type("stringLiteral");
        json.name("val").text(string.value()).endObject();
      }
      case ParenExpr paren -> {
        child("expr", paren.expr());
        type("parenExpr");
        json.endObject();
      }
      case UnaryExpr unary -> {
        child("expr", unary.expr());
        json.name("op").text(unary.negative() ? "-" : "+");
        type("unaryExpr");
        json.endObject();
      }
    }
  }

  /** Opens an object whose first member is a child. */
  private void child(String name, Expr expr) throws IOException {
    json.beginObject().name(name);
    write(expr);
  }

  private void type(String type) throws IOException {
    json.name("type").text(type);
  }

  private void aggregation(AggregateExpr aggregate) throws IOException {
    child("expr", aggregate.expr());
    texts("grouping", aggregate.grouping());
    json.name("op").text(aggregate.operator().toString()).name("param");
    if (aggregate.parameter().isPresent()) {
      write(aggregate.parameter().get());
    } else {
      json.nothing();
    }
    type("aggregation");
    json.name("without").bool(aggregate.without()).endObject();
  }

  private void binary(BinaryExpr binary) throws IOException {
    json.beginObject().name("bool").bool(binary.returnBool()).name("lhs");
    write(binary.left());
    json.name("matching");
    if (binary.isVectorToVector()) {
      matching(binary.matching());
    } else {
      json.nothing();
    }
    json.name("op").text(binary.operator().symbol()).name("rhs");
    write(binary.right());
    type("binaryExpr");
    json.endObject();
  }

  private void matching(VectorMatching matching) throws IOException {
    json.beginObject().name("card").text(matching.cardinality().toString());
    json.name("fillValues").beginObject();
    optional("lhs", matching.fillLeft());
    optional("rhs", matching.fillRight());
    json.endObject();
    texts("include", matching.include());
    texts("labels", matching.labels());
    json.name("on").bool(matching.on()).endObject();
  }

  private void call(Call call) throws IOException {
    json.beginObject().name("args").beginArray();
    for (Expr argument : call.arguments()) {
      write(argument);
    }
    json.endArray().name("func").beginObject().name("argTypes").beginArray();
    for (ValueType type : call.function().argumentTypes()) {
      json.text(type.apiName());
    }
    json.endArray().name("name").text(call.name());
    json.name("returnType").text(call.function().returnType().apiName());
    json.name("variadic").number(call.function().variadic()).endObject();
    type("call");
    json.endObject();
  }

  private void vectorSelector(VectorSelector selector) throws IOException {
    json.beginObject();
    selectorStart(selector);
    json.name("smoothed").bool(selector.smoothed());
    at(selector.at());
    type("vectorSelector");
    json.endObject();
  }

  private void matrixSelector(MatrixSelector matrix) throws IOException {
    json.beginObject();
    selectorStart(matrix.selector());
    duration("range", "rangeExpr", matrix.range());
    json.name("smoothed").bool(matrix.selector().smoothed());
    at(matrix.selector().at());
    type("matrixSelector");
    json.endObject();
  }

  private void selectorStart(VectorSelector selector) throws IOException {
    json.name("anchored").bool(selector.anchored()).name("matchers").beginArray();
    for (Matcher matcher : selector.matchers()) {
      json.beginObject().name("name").text(matcher.name());
      json.name("type")
          .text(matcher.type().operator())
          .name("value")
          .text(matcher.value())
          .endObject();
    }
    json.endArray().name("name").text(selector.name());
    duration("offset", "offsetExpr", selector.offset());
  }

  private void subquery(SubqueryExpr subquery) throws IOException {
    child("expr", subquery.expr());
    duration("offset", "offsetExpr", subquery.offset());
    duration("range", "rangeExpr", subquery.range());
    startOrEnd(subquery.at());
    duration("step", "stepExpr", subquery.step());
    timestamp(subquery.at());
    type("subquery");
    json.endObject();
  }

  private void at(AtModifier at) throws IOException {
    startOrEnd(at);
    timestamp(at);
  }

  private void startOrEnd(AtModifier at) throws IOException {
    json.name("startOrEnd");
    switch (at.kind()) {
      case START -> json.text("start");
      case END -> json.text("end");
      case NONE, TIMESTAMP -> json.nothing();
    }
  }

  private void timestamp(AtModifier at) throws IOException {
    json.name("timestamp");
    if (at.kind() == AtModifier.Kind.TIMESTAMP) {
      json.number(at.timestampMillis());
    } else {
      json.nothing();
    }
  }

  /**
   * A literal as milliseconds; an expression as a tree, and 0 for the value that is not known yet.
   */
  private void duration(String name, String exprName, DurationExpr duration) throws IOException {
    if (duration instanceof DurationExpr.Literal literal) {
      json.name(name).number(literal.nanos() / 1_000_000).name(exprName).nothing();
    } else {
      json.name(name).number(0).name(exprName);
      durationExpr(duration, false);
    }
  }

  private void durationExpr(DurationExpr duration, boolean wrapped) throws IOException {
    switch (duration) {
      case DurationExpr.Literal literal -> {
        json.beginObject().name("duration").bool(literal.duration());
        type("numberLiteral");
        json.name("val").text(GoFloat.plain(literal.seconds())).endObject();
      }
      case DurationExpr.Paren paren -> durationExpr(paren.operand(), true);
      case DurationExpr.Step step -> operation("step", wrapped);
      case DurationExpr.QueryRange range -> operation("range", wrapped);
      case DurationExpr.Negation negation -> operation("-", wrapped, negation.operand());
      case DurationExpr.Arithmetic arithmetic ->
          operation(arithmetic.operator().symbol(), wrapped, arithmetic.left(), arithmetic.right());
      case DurationExpr.Extreme extreme ->
          operation(extreme.max() ? "max_of" : "min_of", wrapped, extreme.left(), extreme.right());
    }
  }

  /** An operator and its operands; a single one stands on the right. */
  private void operation(String operator, boolean wrapped, DurationExpr... operands)
      throws IOException {
    json.beginObject().name("lhs");
    if (operands.length == 2) {
      durationExpr(operands[0], false);
    } else {
      json.nothing();
    }
    json.name("op").text(operator).name("rhs");
    if (operands.length > 0) {
      durationExpr(operands[operands.length - 1], false);
    } else {
      json.nothing();
    }
    type("durationExpr");
    json.name("wrapped").bool(wrapped).endObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (String text : texts) {
      json.text(text);
    }
    json.endArray();
  }

  private void optional(String name, OptionalDouble value) throws IOException {
    json.name(name);
    if (value.isPresent()) {
      json.number(value.getAsDouble());
    } else {
      json.nothing();
    }
  }
}
