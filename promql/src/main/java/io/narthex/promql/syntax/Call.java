package io.narthex.promql.syntax;

import java.util.List;

/**
 * A function call; the number and types of the arguments are checked, and optional ones may be
 * absent.
 */
public record Call(FunctionSignature function, List<Expr> arguments, PositionRange position)
    implements Expr {
  public Call {
    arguments = List.copyOf(arguments);
  }

  @Override
  public ValueType type() {
    return function.returnType();
  }

  /** The function's name. */
  public String name() {
    return function.name();
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
