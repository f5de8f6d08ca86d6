package io.narthex.promql.plan;

import java.util.List;

/**
 * What stands around a selector, as a hint to storage.
 *
 * @param function the nearest function or aggregation, empty beyond a binary operator
 * @param grouping labels of the aggregation directly around
 * @param by whether these are kept
 */
record Around(String function, List<String> grouping, boolean by) {
  static final Around NOTHING = new Around("", List.of(), false);

  static Around call(String function) {
    return new Around(function, List.of(), false);
  }
}
