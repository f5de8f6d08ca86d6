package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds rows: by label set through a hash, by matchers through the rows of each label value.
 * Guarded by the index lock.
 */
final class SeriesIndex {
  private final SymbolTable symbols;
  private final LabelStore labels;
  private final SeriesTable table;
  private final HashDirectory byHash = new HashDirectory();
  private final Map<String, LabelValues> names = new HashMap<>();
  private final RoaringBitmap all = new RoaringBitmap();
  private long changes;
  private boolean deferred;

  SeriesIndex(SymbolTable symbols, LabelStore labels, SeriesTable table) {
    this.symbols = symbols;
    this.labels = labels;
    this.table = table;
  }

  /** The row of a label set, or -1. */
  int find(Labels series) {
    int hash = hash(series);
    for (int slot = byHash.first(hash); slot >= 0; slot = byHash.next(hash, slot)) {
      int row = byHash.id(hash, slot);
      if (labels.equals(table.labels(row), series)) {
        return row;
      }
    }
    return -1;
  }

  /** The row of a label set given as symbols, or -1. */
  int find(long labelsHash, int[] ids, int count) {
    int hash = folded(labelsHash);
    for (int slot = byHash.first(hash); slot >= 0; slot = byHash.next(hash, slot)) {
      int row = byHash.id(hash, slot);
      if (labels.equals(table.labels(row), ids, count)) {
        return row;
      }
    }
    return -1;
  }

  /** Adds a row that has its label set already. */
  void add(int row, long labelsHash) {
    changes++;
    byHash.add(folded(labelsHash), row);
    if (!deferred) {
      addPostings(row, row + 1);
    }
  }

  /** From here on rows are found by label set only, until {@link #postingsComplete}. */
  void deferPostings() {
    deferred = true;
  }

  /** All rows were given to {@link #addPostings}. */
  void postingsComplete() {
    deferred = false;
  }

  /**
   * Makes rows, the second bound excluded, found by matchers. While postings are deferred one
   * thread may do this without the lock.
   */
  void addPostings(int from, int to) {
    all.add((long) from, (long) to);
    for (int row = from; row < to; row++) {
      long cursor = labels.cursor(table.labels(row));
      for (int name = labels.symbol(cursor); name >= 0; name = labels.symbol(cursor)) {
        cursor = LabelStore.after(cursor, name);
        int value = labels.symbol(cursor);
        cursor = LabelStore.after(cursor, value);
        values(name).add(value, row);
      }
    }
  }

  private LabelValues values(int name) {
    String text = symbols.text(name);
    LabelValues values = names.get(text);
    if (values == null) {
      values = new LabelValues();
      names.put(text, values);
    }
    return values;
  }

  void remove(int row, Labels series) {
    changes++;
    byHash.remove(hash(series), row);
    all.remove(row);
    for (int i = 0; i < series.size(); i++) {
      LabelValues values = names.get(series.name(i));
      values.remove(symbols.find(series.value(i)), row);
      if (values.size() == 0) {
        names.remove(series.name(i));
      }
    }
  }

  int size() {
    return (int) byHash.size();
  }

  /** How often a row was added or removed. */
  long changes() {
    return changes;
  }

  /** All rows; not to be changed. */
  RoaringBitmap all() {
    return all;
  }

  /** Values by label name. */
  Map<String, LabelValues> names() {
    return names;
  }

  /** The rows that all matchers accept. */
  RoaringBitmap select(Collection<Matcher> matchers) {
    Selection selection = new Selection();
    for (Matcher matcher : matchers) {
      // A matcher that accepts the absent label can only be used to take rows away.
      if (matcher.matchesEmpty()) {
        selection.take(rows(matcher.inverse()));
      } else {
        selection.intersect(rows(matcher));
      }
      if (selection.isEmpty()) {
        return new RoaringBitmap();
      }
    }
    return selection.result();
  }

  /** What matchers leave over. */
  private final class Selection {
    private Optional<RoaringBitmap> kept = Optional.empty();
    private final RoaringBitmap taken = new RoaringBitmap();

    void intersect(RoaringBitmap rows) {
      if (kept.isEmpty()) {
        kept = Optional.of(rows);
      } else {
        kept.get().and(rows);
      }
    }

    void take(RoaringBitmap rows) {
      taken.or(rows);
    }

    boolean isEmpty() {
      return kept.isPresent() && kept.get().isEmpty();
    }

    RoaringBitmap result() {
      RoaringBitmap result = kept.orElseGet(all::clone);
      result.andNot(taken);
      return result;
    }
  }

  /** The rows that have the label with a value that the matcher accepts. */
  private RoaringBitmap rows(Matcher matcher) {
    RoaringBitmap rows = new RoaringBitmap();
    LabelValues values = names.get(matcher.name());
    if (values == null) {
      return rows;
    }
    if (matcher.type() == MatchType.EQUAL) {
      addValue(values, matcher.value(), rows);
      return rows;
    }
    Optional<List<String>> set =
        matcher.type() == MatchType.REGEX ? matcher.regex().setMatches() : Optional.empty();
    if (set.isPresent()) {
      for (String value : set.get()) {
        addValue(values, value, rows);
      }
      return rows;
    }
    for (int slot = 0; slot < values.slots(); slot++) {
      int value = values.value(slot);
      if (value >= 0 && matcher.matches(symbols.text(value))) {
        values.addTo(slot, rows);
      }
    }
    return rows;
  }

  private void addValue(LabelValues values, String value, RoaringBitmap rows) {
    int id = symbols.find(value);
    int slot = id < 0 ? -1 : values.slot(id);
    if (slot >= 0) {
      values.addTo(slot, rows);
    }
  }

  /** The values of a label that occur in a set of rows, in no order. */
  void values(String name, RoaringBitmap rows, Collection<String> into) {
    LabelValues values = names.get(name);
    for (int slot = 0; values != null && slot < values.slots(); slot++) {
      if (values.value(slot) >= 0 && values.intersects(slot, rows)) {
        into.add(symbols.text(values.value(slot)));
      }
    }
  }

  /** All values of a label in order; not to be changed. */
  List<String> values(String name) {
    LabelValues values = names.get(name);
    return values == null ? List.of() : values.sorted(symbols);
  }

  /** The names of labels that occur in a set of rows, in no order. */
  void names(RoaringBitmap rows, Collection<String> into) {
    for (Map.Entry<String, LabelValues> entry : names.entrySet()) {
      LabelValues values = entry.getValue();
      for (int slot = 0; slot < values.slots(); slot++) {
        if (values.value(slot) >= 0 && values.intersects(slot, rows)) {
          into.add(entry.getKey());
          break;
        }
      }
    }
  }

  /** Memory by part, for the status page's curious. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    sizes.put("hash", byHash.sizeBytes());
    if (deferred) {
      return sizes;
    }
    sizes.put("all", all.getLongSizeInBytes());
    long values = 0;
    for (LabelValues v : names.values()) {
      values += v.sizeBytes();
    }
    sizes.put("postings", values);
    return sizes;
  }

  private static int hash(Labels series) {
    return folded(series.hash());
  }

  private static int folded(long hash) {
    return (int) (hash ^ (hash >>> 32));
  }
}
