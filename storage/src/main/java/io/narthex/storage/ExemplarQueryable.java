package io.narthex.storage;

import io.narthex.model.labels.Matcher;
import java.util.List;

/** Something that can be asked for exemplars. */
public interface ExemplarQueryable {
  /**
   * The exemplars of a time range, both ends included, of the series that all matchers of at least
   * one set accept.
   *
   * @return one entry for each series that has some, sorted by labels; none where the storage keeps
   *     no exemplars
   */
  List<SeriesExemplars> exemplars(long start, long end, List<List<Matcher>> matcherSets);
}
