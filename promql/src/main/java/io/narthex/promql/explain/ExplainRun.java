package io.narthex.promql.explain;

import io.narthex.promql.PromqlException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.exec.trace.RecordingTrace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains one query beside its run: {@link #expect} when its operators are built and the storage
 * is open, {@link #findings} when it has been evaluated, or will not be.
 */
public final class ExplainRun {
  private final RecordingTrace trace;
  private final QueryText query;
  private final MetricTypes types;
  private @Nullable Estimates estimates;

  public ExplainRun(RecordingTrace trace, String query, MetricTypes types) {
    this.trace = trace;
    this.query = new QueryText(query);
    this.types = types;
  }

  /** Looks up series and at a few samples, before anything is evaluated. */
  public void expect() {
    estimates = trace.root().map(Estimates::of).orElse(null);
  }

  /** What is found, without what the engine adds. */
  public record Findings(Optional<ExplainedOperator> plan, List<Hint> hints) {}

  /**
   * @param analyzed whether operators have run
   */
  public Findings findings(Execution execution, boolean analyzed) {
    Estimates known = estimates;
    Optional<PlanNode> root = trace.root();
    if (known == null || root.isEmpty()) {
      return new Findings(Optional.empty(), List.of());
    }
    return new Findings(
        Optional.of(new Explainer(query, known, analyzed).explained(root.get())),
        hints(root.get(), known, execution));
  }

  private List<Hint> hints(PlanNode root, Estimates known, Execution execution) {
    try {
      return Hints.of(root, query, known, execution, types);
    } catch (PromqlException e) {
      // The time of the query is over; what there is to say of the plan itself still helps.
      return List.of();
    }
  }
}
