package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of a query and the operator that was built for it. */
public final class PlanNode {
  private final Expr expr;
  private final Grid grid;
  private final Measure measure = new Measure();
  private final List<PlanNode> inputs = new ArrayList<>();
  private @Nullable Operator built;
  private @Nullable Operator operator;
  private @Nullable RangeSource source;
  private @Nullable Selection selection;

  PlanNode(Expr expr, Grid grid) {
    this.expr = expr;
    this.grid = grid;
  }

  void add(PlanNode input) {
    inputs.add(input);
  }

  /**
   * @param measured the operator as others use it
   */
  void is(Operator plain, Operator measured) {
    built = plain;
    operator = measured;
  }

  void is(RangeSource measured) {
    source = measured;
  }

  void reads(Selection selected) {
    selection = selected;
  }

  public Expr expr() {
    return expr;
  }

  public Grid grid() {
    return grid;
  }

  public Measure measure() {
    return measure;
  }

  /** In the order in which they were planned. */
  public List<PlanNode> inputs() {
    return inputs;
  }

  /** The operator itself; empty for what feeds a range function. */
  public Optional<Operator> built() {
    return Optional.ofNullable(built);
  }

  boolean isUsedAs(Operator used) {
    return operator == used;
  }

  /** What it reads from storage. */
  public Optional<Selection> selection() {
    return Optional.ofNullable(selection);
  }

  /** Its label sets; may be asked once the storage is open, and may evaluate inputs. */
  public SeriesList series() {
    if (operator != null) {
      return operator.series();
    }
    return source == null ? SeriesList.EMPTY : source.series();
  }
}
