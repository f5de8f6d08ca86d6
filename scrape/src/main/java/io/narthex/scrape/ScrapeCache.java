package io.narthex.scrape;

import io.narthex.exposition.SpanPredictor;
import java.util.Arrays;

/**
 * Leads from the bytes of a series, as one target exposes them, to the storage's reference, and
 * knows which series were there the last time but are not now. One per target; not safe for several
 * threads.
 *
 * <p>Entries are columns: the span's 128-bit hash, the reference, and one int with the span's
 * length, the scrape that last saw it, and how. They stand in the order in which the target exposed
 * them, so that the next line is nearly always the next entry: {@link #predict} recognises it by
 * its hash alone, before anything is parsed. An open-addressing table of entry numbers finds the
 * others.
 */
final class ScrapeCache implements SpanPredictor {
  /** Says that there is no such entry. */
  static final int NONE = -1;

  /** The reference of series that relabeling drops. */
  static final long DROPPED = -1;

  private static final int MIN_CAPACITY = 8;
  private static final int LENGTH_MASK = 0xffff;
  private static final int TRACKED = 1 << 16;
  private static final int TRACKED_BEFORE = 1 << 17;
  private static final int SCRAPE_SHIFT = 18;
  private static final int MAX_SCRAPE = (1 << (32 - SCRAPE_SHIFT)) - 1;
  private static final int LEFTOVERS = 1000;

  private final SpanHash hash;
  private long[] low = new long[MIN_CAPACITY];
  private long[] high = new long[MIN_CAPACITY];
  private long[] refs = new long[MIN_CAPACITY];
  private int[] states = new int[MIN_CAPACITY];

  /** Entry numbers plus one, at the hash's position or behind; 0 is free. */
  private int[] table = new int[2 * MIN_CAPACITY];

  private int size;
  private int scrape = 2;
  private int expected;
  private int predictedStart = -1;
  private int predictedEntry = NONE;
  private int seen;
  private int added;
  private int sizeAtSuccess;

  ScrapeCache(SpanHash.Keys keys) {
    hash = new SpanHash(keys);
  }

  /** How many series there are, dropped ones included. */
  int size() {
    return size;
  }

  /** Starts on a body. */
  void begin() {
    expected = 0;
    predictedStart = -1;
  }

  @Override
  public int predict(byte[] buffer, int start, int limit) {
    int entry = expected;
    if (entry >= size) {
      return 0;
    }
    int length = states[entry] & LENGTH_MASK;
    if (length == 0 || start + length >= limit) {
      return 0;
    }
    hash.hash(buffer, start, start + length);
    if (hash.low() != low[entry] || hash.high() != high[entry]) {
      return 0;
    }
    predictedStart = start;
    predictedEntry = entry;
    return length;
  }

  /** The entry of a span, or {@link #NONE}; then {@link #add} can follow. */
  int find(byte[] buffer, int start, int end) {
    if (start == predictedStart && end - start == (states[predictedEntry] & LENGTH_MASK)) {
      predictedStart = -1;
      expected = predictedEntry + 1;
      return predictedEntry;
    }
    hash.hash(buffer, start, end);
    int mask = table.length - 1;
    int slot = (int) hash.low() & mask;
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      if (low[entry] == hash.low() && high[entry] == hash.high()) {
        expected = entry + 1;
        return entry;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  /** Adds the span that {@link #find} has just missed, as seen in this scrape. */
  int add(long ref, int length) {
    if (size == refs.length) {
      resize(size + (size >> 1));
    }
    int entry = size++;
    low[entry] = hash.low();
    high[entry] = hash.high();
    refs[entry] = ref;
    states[entry] = scrape << SCRAPE_SHIFT | (length <= LENGTH_MASK ? length : 0);
    if (4L * size > 3L * table.length) {
      rebuildTable(2 * table.length);
    } else {
      insert(entry);
    }
    seen++;
    added++;
    return entry;
  }

  long ref(int entry) {
    return refs[entry];
  }

  /** Notes that the storage knows the series by another reference now. */
  void ref(int entry, long ref) {
    refs[entry] = ref;
  }

  boolean dropped(int entry) {
    return refs[entry] == DROPPED;
  }

  /** Notes that this scrape has the series; says whether it had it already. */
  boolean touch(int entry) {
    int state = states[entry];
    int last = state >>> SCRAPE_SHIFT;
    if (last == scrape) {
      return true;
    }
    int before = last == scrape - 1 && (state & TRACKED) != 0 ? TRACKED_BEFORE : 0;
    states[entry] = scrape << SCRAPE_SHIFT | before | (state & LENGTH_MASK);
    seen++;
    return false;
  }

  /** Notes that the series shall get a staleness marker where the next scrape lacks it. */
  void track(int entry) {
    states[entry] |= TRACKED;
  }

  /** Takes the references of series that were tracked before this scrape and are not in it. */
  long[] stale() {
    if (seen == size && added == 0 && !anyLostTrack()) {
      return NO_REFS;
    }
    long[] stale = new long[16];
    int n = 0;
    for (int entry = 0; entry < size; entry++) {
      if (isStale(states[entry]) && refs[entry] != DROPPED) {
        if (n == stale.length) {
          stale = Arrays.copyOf(stale, 2 * n);
        }
        stale[n++] = refs[entry];
      }
    }
    return n == 0 ? NO_REFS : added == 0 ? Arrays.copyOf(stale, n) : withoutTracked(stale, n);
  }

  private static final long[] NO_REFS = {};

  private boolean anyLostTrack() {
    for (int entry = 0; entry < size; entry++) {
      if (isStale(states[entry])) {
        return true;
      }
    }
    return false;
  }

  private boolean isStale(int state) {
    int last = state >>> SCRAPE_SHIFT;
    return last == scrape
        ? (state & (TRACKED | TRACKED_BEFORE)) == TRACKED_BEFORE
        : last == scrape - 1 && (state & TRACKED) != 0;
  }

  /** A series that is merely written in another way now is not stale. */
  private long[] withoutTracked(long[] stale, int count) {
    long[] present = new long[size];
    int n = 0;
    for (int entry = 0; entry < size; entry++) {
      if (states[entry] >>> SCRAPE_SHIFT == scrape && (states[entry] & TRACKED) != 0) {
        present[n++] = refs[entry];
      }
    }
    Arrays.sort(present, 0, n);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (Arrays.binarySearch(present, 0, n, stale[i]) < 0) {
        stale[kept++] = stale[i];
      }
    }
    return Arrays.copyOf(stale, kept);
  }

  /**
   * Ends a scrape.
   *
   * @param whole whether the body was read to its end, so that series it lacks can be forgotten
   * @return whether the cache had to be cleaned up because failing scrapes had blown it up
   */
  boolean end(boolean whole) {
    boolean forced = !whole && size > 2 * sizeAtSuccess + LEFTOVERS;
    if (whole) {
      sizeAtSuccess = size;
    }
    if ((whole || forced) && seen < size) {
      forgetUnseen();
    }
    if (refs.length > MIN_CAPACITY && whole && size < refs.length - (refs.length >> 3)) {
      resize(Math.max(MIN_CAPACITY, size + (size >> 4)));
    }
    seen = 0;
    added = 0;
    if (++scrape == MAX_SCRAPE) {
      restartCount();
    }
    return forced;
  }

  private void forgetUnseen() {
    int n = 0;
    for (int entry = 0; entry < size; entry++) {
      if (states[entry] >>> SCRAPE_SHIFT == scrape) {
        low[n] = low[entry];
        high[n] = high[entry];
        refs[n] = refs[entry];
        states[n++] = states[entry];
      }
    }
    size = n;
    int tableSize = table.length;
    while (tableSize > 2 * MIN_CAPACITY && tableSize >= 4 * size) {
      tableSize >>= 1;
    }
    rebuildTable(tableSize);
  }

  /** The count of scrapes has few bits: whatever is not of the last scrape becomes just old. */
  private void restartCount() {
    for (int entry = 0; entry < size; entry++) {
      int last = states[entry] >>> SCRAPE_SHIFT;
      int count = last == scrape - 1 ? 1 : 0;
      states[entry] = count << SCRAPE_SHIFT | (states[entry] & (LENGTH_MASK | TRACKED));
    }
    scrape = 2;
  }

  private void resize(int capacity) {
    low = Arrays.copyOf(low, capacity);
    high = Arrays.copyOf(high, capacity);
    refs = Arrays.copyOf(refs, capacity);
    states = Arrays.copyOf(states, capacity);
  }

  private void rebuildTable(int length) {
    table = new int[length];
    for (int entry = 0; entry < size; entry++) {
      insert(entry);
    }
  }

  private void insert(int entry) {
    int mask = table.length - 1;
    int slot = (int) low[entry] & mask;
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = entry + 1;
  }
}
