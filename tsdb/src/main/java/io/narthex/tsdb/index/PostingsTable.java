package io.narthex.tsdb.index;

import java.util.List;

/** Where the postings of each label name and value are. */
sealed interface PostingsTable permits SparsePostingsTable, LoadedPostingsTable {
  long ABSENT = -1;

  interface ValueVisitor {
    /** Takes a value and the file offset of its postings; false ends the visit. */
    boolean value(String value, long offset);
  }

  /** Label names, ascending. */
  List<String> names();

  /** How many values a label name has. */
  int valueCount(String name);

  /** The offset of the postings, or {@link #ABSENT}. */
  long find(String name, String value);

  /** Visits a name's values that start with a prefix, ascending. */
  void visit(String name, String prefix, ValueVisitor visitor);
}
