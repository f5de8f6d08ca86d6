package io.narthex.tsdb.index;

import java.util.List;
import java.util.function.Predicate;

/** Something that knows which series have which labels. */
public interface PostingsSource {
  /** All series. */
  int[] all();

  /** Series whose label has this value. */
  int[] with(String name, String value);

  /** Series whose label has one of these values. */
  int[] withAny(String name, List<String> values);

  /** Series whose label has a value that starts with the prefix and passes. */
  int[] withMatching(String name, String prefix, Predicate<String> passes);

  /** Series that have the label. */
  int[] withName(String name);
}
