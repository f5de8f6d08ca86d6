package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.syntax.Expr;

/**
 * Is told by the planner what it builds. Calls nest as expressions do: what is begun and ended
 * between the beginning and the end of another is an input of that. Used by one thread.
 */
public interface Trace {
  /** Watches nothing and changes nothing. */
  Trace NONE =
      new Trace() {
        @Override
        public void begin(Expr expr, Grid grid) {}

        @Override
        public Operator end(Operator built) {
          return built;
        }

        @Override
        public RangeSource end(RangeSource built) {
          return built;
        }

        @Override
        public RangeSource selected(Selection selection) {
          return selection;
        }
      };

  /** Something is going to be built for an expression, to run over a grid. */
  void begin(Expr expr, Grid grid);

  /** It has been built; the answer is to be used in its stead. */
  Operator end(Operator built);

  /** The same for what feeds range functions. */
  RangeSource end(RangeSource built);

  /** What was begun last reads this from storage; the answer is to be used in its stead. */
  RangeSource selected(Selection selection);
}
