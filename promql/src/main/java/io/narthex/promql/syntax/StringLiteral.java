package io.narthex.promql.syntax;

/**
 * A quoted text.
 *
 * @param value the text without quotes and escapes
 */
public record StringLiteral(String value, PositionRange position) implements Expr {
  @Override
  public ValueType type() {
    return ValueType.STRING;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
