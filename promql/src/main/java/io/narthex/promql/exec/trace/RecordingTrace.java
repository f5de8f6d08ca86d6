package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SampleAccount;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.syntax.Expr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the tree of operators and has each of them measured. */
public final class RecordingTrace implements Trace {
  private final WorkClock clock = new WorkClock();
  private final Deque<PlanNode> open = new ArrayDeque<>();
  private @Nullable PlanNode root;

  /** The outermost part, once it has been planned. */
  public Optional<PlanNode> root() {
    return Optional.ofNullable(root);
  }

  /** An account that also counts for each operator. */
  public SampleAccount account(long maxSamples, int steps) {
    Measure nobody = new Measure();
    return new TracedSamples(
        maxSamples, steps, clock, () -> root == null ? nobody : root.measure());
  }

  @Override
  public void begin(Expr expr, Grid grid) {
    open.push(new PlanNode(expr, grid));
  }

  @Override
  public Operator end(Operator built) {
    PlanNode node = open.pop();
    if (node.inputs().size() == 1 && node.inputs().getFirst().isUsedAs(built)) {
      // Parentheses and the like need no operator of their own.
      attach(node.inputs().getFirst());
      return built;
    }
    Operator measured = new MeasuredOperator(built, node.measure(), clock);
    node.is(built, measured);
    attach(node);
    return measured;
  }

  @Override
  public RangeSource end(RangeSource built) {
    PlanNode node = open.pop();
    RangeSource measured =
        node.selection().isPresent() ? built : new MeasuredSource(built, node.measure(), clock);
    node.is(measured);
    attach(node);
    return measured;
  }

  @Override
  public RangeSource selected(Selection selection) {
    PlanNode node = open.element();
    node.reads(selection);
    return new MeasuredSource(selection, node.measure(), clock);
  }

  private void attach(PlanNode node) {
    if (open.isEmpty()) {
      root = node;
    } else {
      open.element().add(node);
    }
  }
}
