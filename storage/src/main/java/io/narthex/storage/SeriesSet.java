package io.narthex.storage;

import io.narthex.model.labels.Labels;
import java.util.List;

/**
 * Selected series: label sets at once, samples on demand.
 *
 * <p>Series are numbered from 0 in the order of their labels, and no label set occurs twice. {@link
 * #read} may be called in any order and by several threads at once, each with a buffer of its own,
 * until the querier is closed.
 */
public interface SeriesSet {
  SeriesSet EMPTY = new EmptySeriesSet();

  int size();

  Labels labels(int series);

  /**
   * Replaces the buffer's content by the series' samples with {@code mint <= t <= maxt}, ascending
   * in time, one for each time. The range must lie within that of the querier.
   *
   * @throws StorageException where the samples cannot be read
   */
  void read(int series, long mint, long maxt, SampleBuffer into);

  /**
   * What went wrong without making the answer useless, as an unreadable block; shown to the user.
   */
  List<String> warnings();
}
