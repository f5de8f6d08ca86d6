package io.narthex.promql.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes trees over several indented lines, where one line would be too long.
 *
 * <p>A node that fits the line limit stands on one line as {@link Printer} writes it; one that does
 * not is opened up, its parts one level deeper.
 */
public final class Prettifier {
  private static final int MAX_LINE = 100;

  private final StringBuilder out = new StringBuilder(256);
  private final int maxLine;

  private Prettifier(int maxLine) {
    this.maxLine = maxLine;
  }

  public static String pretty(Expr expr) {
    return pretty(expr, MAX_LINE);
  }

  /** With another limit than 100 bytes. */
  static String pretty(Expr expr, int maxLine) {
    Prettifier prettifier = new Prettifier(maxLine);
    prettifier.write(expr, 0);
    return prettifier.out.toString();
  }

  private static int utf8Length(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length;
  }

  private void indent(int level) {
    out.repeat("  ", level);
  }

  /** Writes a node whose line is indented by the level; level 0 continues the current line. */
  private void write(Expr expr, int level) {
    switch (expr) {
      case NumberLiteral _, StringLiteral _, VectorSelector _, MatrixSelector _ -> {
        indent(level);
        out.append(expr);
      }
      case UnaryExpr unary -> writeUnary(unary, level);
      case SubqueryExpr subquery -> writeSubquery(subquery, level);
      case BinaryExpr binary -> writeBinary(binary, level);
      case ParenExpr paren -> {
        if (opens(paren, level)) {
          block("", paren.expr(), Optional.empty(), level);
        }
      }
      case AggregateExpr aggregate -> {
        if (opens(aggregate, level)) {
          String head = Printer.aggregationHead(aggregate);
          block(head, aggregate.expr(), aggregate.parameter(), level);
        }
      }
      case Call call -> writeCall(call, level);
    }
  }

  /** Writes the node in one line where it fits, and says whether it does not. */
  private boolean opens(Expr expr, int level) {
    String line = expr.toString();
    indent(level);
    if (utf8Length(line) > maxLine) {
      return true;
    }
    out.append(line);
    return false;
  }

  private void block(String head, Expr body, Optional<Expr> parameter, int level) {
    out.append(head).append("(\n");
    if (parameter.isPresent()) {
      write(parameter.get(), level + 1);
      out.append(",\n");
    }
    write(body, level + 1);
    out.append('\n');
    indent(level);
    out.append(')');
  }

  private void writeCall(Call call, int level) {
    if (!opens(call, level)) {
      return;
    }
    out.append(call.name()).append("(\n");
    for (int i = 0; i < call.arguments().size(); i++) {
      out.append(i == 0 ? "" : ",\n");
      write(call.arguments().get(i), level + 1);
    }
    out.append('\n');
    indent(level);
    out.append(')');
  }

  private void writeBinary(BinaryExpr binary, int level) {
    String line = binary.toString();
    if (utf8Length(line) <= maxLine) {
      indent(level);
      out.append(line);
      return;
    }
    write(binary.left(), level + 1);
    out.append('\n');
    indent(level);
    out.append(Printer.operatorAndMatching(binary)).append('\n');
    write(binary.right(), level + 1);
  }

  /** A subquery that fits is not indented, as its expression would be. */
  private void writeSubquery(SubqueryExpr subquery, int level) {
    String line = subquery.toString();
    if (utf8Length(line) <= maxLine) {
      out.append(line);
      return;
    }
    write(subquery.expr(), level);
    out.append(Printer.subquerySuffix(subquery));
  }

  private void writeUnary(UnaryExpr unary, int level) {
    Prettifier operand = new Prettifier(maxLine);
    operand.write(unary.expr(), level);
    indent(level);
    out.append(unary.negative() ? '-' : '+').append(operand.out.toString().strip());
  }
}
