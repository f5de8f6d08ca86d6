package io.narthex.storage;

import io.narthex.model.labels.Matcher;
import java.util.List;

/** What the status and administration endpoints need of a local database. */
public interface DatabaseAdmin {
  /** A name and a number, as the status page lists them. */
  record Count(String name, long value) {}

  /**
   * Cardinality of the head, largest first, at most the number of entries asked for. Times in
   * milliseconds.
   */
  record Statistics(
      long series,
      long labelPairs,
      long chunks,
      long mint,
      long maxt,
      List<Count> seriesCountByMetricName,
      List<Count> labelValueCountByLabelName,
      List<Count> memoryInBytesByLabelName,
      List<Count> seriesCountByLabelValuePair) {}

  /** Segments of the log: first, last, and the one being replayed. */
  record ReplayProgress(int min, int max, int current) {}

  Statistics statistics(int limit);

  /** Each block's meta.json content, oldest first. */
  List<String> blockMetas();

  ReplayProgress replayProgress();

  /** How many corruptions the log has had since the start. */
  long corruptions();

  /** Writes all data as blocks below {@code snapshots/} and returns the folder's name. */
  String snapshot(boolean skipHead);

  /**
   * Deletes samples of the series that all matchers of one list accept, both ends of the range
   * included.
   */
  void delete(long mint, long maxt, List<Matcher> matchers);

  /** Removes deleted samples from disk now. */
  void cleanTombstones();
}
