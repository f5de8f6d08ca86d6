package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of an operator's series.
 *
 * <p>The metric name goes in one of two ways: at once, or with delayed name removal by a mark that
 * counts only in the final result. Either way the stored label sets keep it; {@link #labels} shows
 * them as the query language sees them at this point.
 */
public final class SeriesList {
  public static final SeriesList EMPTY = new SeriesList(new Labels[0], false);

  private final Labels[] stored;
  private final boolean nameHidden;
  private final boolean @Nullable [] nameMarked;
  private final boolean oneName;
  private Labels @Nullable [] hidden;

  private SeriesList(
      Labels[] stored, boolean nameHidden, boolean @Nullable [] nameMarked, boolean oneName) {
    this.stored = stored;
    this.nameHidden = nameHidden;
    this.nameMarked = nameMarked;
    this.oneName = oneName;
  }

  /**
   * @param oneName whether all label sets have the same metric name and are distinct, so that they
   *     stay distinct without it
   */
  public SeriesList(Labels[] labels, boolean oneName) {
    this(labels, false, null, oneName);
  }

  /** With marks for names that go in the final result. */
  public SeriesList(Labels[] labels, boolean @Nullable [] nameMarked) {
    this(labels, false, nameMarked, false);
  }

  public int size() {
    return stored.length;
  }

  public Labels labels(int i) {
    if (!nameHidden) {
      return stored[i];
    }
    Labels[] cache = hidden;
    if (cache == null) {
      cache = new Labels[stored.length];
      hidden = cache;
    }
    Labels labels = cache[i];
    if (labels == null) {
      labels = MetadataLabels.without(stored[i]);
      cache[i] = labels;
    }
    return labels;
  }

  /** The label set with its name, even where the name is no longer seen. */
  public Labels stored(int i) {
    return stored[i];
  }

  /** Whether the metadata labels of {@link #stored} are not seen. */
  public boolean nameHidden() {
    return nameHidden;
  }

  /** Whether the name goes in the final result (delayed name removal). */
  public boolean nameMarked(int i) {
    return nameMarked != null && nameMarked[i];
  }

  public boolean hasMarks() {
    return nameMarked != null;
  }

  /** Whether the label sets are known to stay distinct when names go. */
  public boolean oneName() {
    return oneName;
  }

  /** The same series without their metric names. */
  public SeriesList withoutNames(boolean delayed) {
    if (!delayed) {
      return nameHidden ? this : new SeriesList(stored, true, null, oneName);
    }
    boolean[] marks = new boolean[stored.length];
    Arrays.fill(marks, true);
    return new SeriesList(stored, false, marks, oneName);
  }

  /** Some of the series, in the order given. */
  public SeriesList pick(int[] series) {
    Labels[] labels = new Labels[series.length];
    boolean[] marks = nameMarked == null ? null : new boolean[series.length];
    for (int i = 0; i < series.length; i++) {
      labels[i] = stored[series[i]];
      if (marks != null) {
        marks[i] = nameMarked(series[i]);
      }
    }
    return new SeriesList(labels, nameHidden, marks, oneName);
  }
}
