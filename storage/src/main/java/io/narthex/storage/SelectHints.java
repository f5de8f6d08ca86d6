package io.narthex.storage;

import java.util.List;

/**
 * What the caller will do with a selection; a storage may use it to read less, never to answer
 * differently.
 *
 * @param start first time needed, milliseconds, included
 * @param end last time needed, included
 * @param stepMillis distance of evaluation steps, 0 for instant queries
 * @param function the function or aggregation around the selector, empty where there is none
 * @param grouping labels of that aggregation
 * @param by whether grouping are the labels kept (else those dropped)
 * @param rangeMillis the range of a range selector, else 0
 * @param limit most series wanted, 0 for all
 */
public record SelectHints(
    long start,
    long end,
    long stepMillis,
    String function,
    List<String> grouping,
    boolean by,
    long rangeMillis,
    int limit) {
  public SelectHints {
    grouping = List.copyOf(grouping);
  }

  /** Hints that only name the time range. */
  public static SelectHints range(long start, long end) {
    return new SelectHints(start, end, 0, "", List.of(), false, 0, 0);
  }
}
