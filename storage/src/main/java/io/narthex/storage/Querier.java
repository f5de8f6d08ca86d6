package io.narthex.storage;

import io.narthex.model.labels.Matcher;
import java.util.List;

/**
 * A consistent view of a time range. Close it when all that was selected from it has been read:
 * blocks stay mapped until then. Methods may be called by several threads.
 */
public interface Querier extends AutoCloseable {
  /**
   * The series that all matchers accept and that may have samples in the view's range, sorted by
   * labels.
   *
   * <p>Only labels are found here; samples are read later through the result.
   */
  SeriesSet select(SelectHints hints, List<Matcher> matchers);

  /**
   * Names of labels of the series that match, sorted; all where there are no matchers. A limit of 0
   * is none.
   */
  List<String> labelNames(List<Matcher> matchers, int limit);

  /** Values of a label over the series that match, sorted. A limit of 0 is none. */
  List<String> labelValues(String name, List<Matcher> matchers, int limit);

  @Override
  void close();
}
