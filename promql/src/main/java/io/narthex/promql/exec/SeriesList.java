package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SeriesSet;
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

  private final Stored stored;
  private final boolean nameHidden;
  private final boolean @Nullable [] nameMarked;
  private final boolean oneName;
  private Labels @Nullable [] hidden;

  private SeriesList(
      Stored stored, boolean nameHidden, boolean @Nullable [] nameMarked, boolean oneName) {
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
    this(new Stored(labels), false, null, oneName);
  }

  /** Series of the storage, with their label sets left there until they are asked for. */
  public SeriesList(SeriesSet source, boolean oneName) {
    this(new Stored(source), false, null, oneName);
  }

  /** With marks for names that go in the final result. */
  public SeriesList(Labels[] labels, boolean @Nullable [] nameMarked) {
    this(new Stored(labels), false, nameMarked, false);
  }

  public int size() {
    return stored.size;
  }

  public Labels labels(int i) {
    if (!nameHidden) {
      return stored.labels(i);
    }
    Labels[] cache = hidden;
    if (cache == null) {
      cache = new Labels[stored.size];
      hidden = cache;
    }
    Labels labels = cache[i];
    if (labels == null) {
      labels = MetadataLabels.without(stored.labels(i));
      cache[i] = labels;
    }
    return labels;
  }

  /** The label set with its name, even where the name is no longer seen. */
  public Labels stored(int i) {
    return stored.labels(i);
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
    boolean[] marks = new boolean[stored.size];
    Arrays.fill(marks, true);
    return new SeriesList(stored, false, marks, oneName);
  }

  /** Some of the series, in the order given. */
  public SeriesList pick(int[] series) {
    Labels[] labels = new Labels[series.length];
    boolean[] marks = nameMarked == null ? null : new boolean[series.length];
    for (int i = 0; i < series.length; i++) {
      labels[i] = stored.labels(series[i]);
      if (marks != null) {
        marks[i] = nameMarked(series[i]);
      }
    }
    return new SeriesList(new Stored(labels), nameHidden, marks, oneName);
  }

  /** Label sets that may still lie in the storage. */
  private static final class Stored {
    private final SeriesSet source;
    private final int size;
    private final Labels @Nullable [] labels;

    Stored(Labels[] labels) {
      this.source = SeriesSet.EMPTY;
      this.size = labels.length;
      this.labels = labels;
    }

    Stored(SeriesSet source) {
      this.source = source;
      this.size = source.size();
      this.labels = null;
    }

    Labels labels(int i) {
      Labels[] known = labels;
      return known == null ? source.labels(i) : known[i];
    }
  }
}
