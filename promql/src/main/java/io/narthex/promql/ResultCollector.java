package io.narthex.promql;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.DistinctOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.FinalNames;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.ScalarArgument;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the result of the query's outermost operator. */
final class ResultCollector {
  private final Execution execution;
  private final Grid grid;
  private final long[] allTimes;

  ResultCollector(Execution execution, Grid grid) {
    this.execution = execution;
    this.grid = grid;
    this.allTimes = new long[grid.steps()];
    for (int k = 0; k < allTimes.length; k++) {
      allTimes[k] = grid.time(k);
    }
  }

  Value collect(Operator operator, ValueType type, boolean instant, StopWatch watch) {
    if (instant && type == ValueType.SCALAR) {
      double value = ScalarArgument.values(execution, operator, 1)[0];
      return new ScalarValue(grid.start(), value);
    }
    Operator last =
        execution.delayedNames() ? new DistinctOperator(new FinalNames(operator), false) : operator;
    if (grid.steps() == 0) {
      return new MatrixValue(List.of());
    }
    SeriesList series = last.series();
    last.prepare();
    return instant ? vector(last, series) : matrix(last, series, watch);
  }

  private VectorValue vector(Operator operator, SeriesList series) {
    int n = series.size();
    Labels[] labels = new Labels[n];
    double[] values = new double[n];
    VectorParts parts = new VectorParts();
    OrderedColumns.forEach(
        execution,
        operator,
        1,
        (i, column) -> {
          if (column.has(0)) {
            labels[parts.size] = series.labels(i);
            values[parts.size] = column.values[0];
            parts.histogram(column.histogram(0), n);
            parts.size++;
          }
        });
    return new VectorValue(
        grid.start(),
        Arrays.copyOf(labels, parts.size),
        Arrays.copyOf(values, parts.size),
        parts.histograms);
  }

  /** What grows while a vector is collected. */
  private static final class VectorParts {
    private int size;
    private FloatHistogram @Nullable [] histograms;

    void histogram(@Nullable FloatHistogram histogram, int capacity) {
      if (histogram != null) {
        if (histograms == null) {
          histograms = new FloatHistogram[capacity];
        }
        histograms[size] = histogram;
      }
    }
  }

  private MatrixValue matrix(Operator operator, SeriesList series, StopWatch watch) {
    List<MatrixSeries> result = new ArrayList<>();
    OrderedColumns.forEach(
        execution,
        operator,
        grid.steps(),
        (i, column) -> {
          int count = column.count();
          if (count > 0) {
            result.add(copy(series.labels(i), column, count));
          }
        });
    return sorted(result, watch);
  }

  static MatrixValue sorted(List<MatrixSeries> series, StopWatch watch) {
    watch.sorting();
    series.sort(Comparator.comparing(MatrixSeries::labels));
    watch.sorted();
    return new MatrixValue(series);
  }

  private MatrixSeries copy(Labels labels, Column column, int count) {
    if (count == column.steps) {
      FloatHistogram[] histograms = column.histograms == null ? null : column.histograms.clone();
      return new MatrixSeries(labels, count, allTimes, column.values.clone(), histograms);
    }
    long[] times = new long[count];
    double[] values = new double[count];
    FloatHistogram[] histograms = column.histograms == null ? null : new FloatHistogram[count];
    int n = 0;
    for (int w = 0; w < column.present.length; w++) {
      for (long bits = column.present[w]; bits != 0; bits &= bits - 1) {
        int k = (w << 6) + Long.numberOfTrailingZeros(bits);
        times[n] = allTimes[k];
        values[n] = column.values[k];
        if (histograms != null) {
          histograms[n] = column.histogram(k);
        }
        n++;
      }
    }
    return new MatrixSeries(labels, count, times, values, histograms);
  }
}
