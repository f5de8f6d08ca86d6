package io.narthex.tsdb.exemplar;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Exemplars as columns by slot, filled and emptied in the order in which they were added. Those of
 * one series are linked in the order of time. Columns start small and grow until the ring is full
 * for the first time.
 */
final class ExemplarRing {
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 1024;
  private static final int LARGEST = 1 << 28;

  private final int capacity;
  private final LabelQueue labels;

  private long[] times;
  private double[] values;
  private long[] labelPositions;
  private int[] older;
  private int[] newer;
  private Chain[] chains;

  /** The slots whose exemplars came with a time of their own. */
  private final BitSet ownTime = new BitSet();

  private int next;
  private int size;

  ExemplarRing(long capacity) {
    this(Math.clamp(capacity, 0, LARGEST), new LabelQueue());
  }

  private ExemplarRing(int capacity, LabelQueue labels) {
    this.capacity = capacity;
    this.labels = labels;
    int slots = Math.min(capacity, FIRST_SLOTS);
    times = new long[slots];
    values = new double[slots];
    labelPositions = new long[slots];
    older = new int[slots];
    newer = new int[slots];
    chains = new Chain[slots];
  }

  int capacity() {
    return capacity;
  }

  int size() {
    return size;
  }

  /** Slot of the exemplar that was added first; there must be one. */
  int first() {
    int slot = next - size;
    return slot < 0 ? slot + capacity : slot;
  }

  /** The slot after another in the order of adding. */
  int after(int slot) {
    return slot + 1 == capacity ? 0 : slot + 1;
  }

  Chain chain(int slot) {
    return chains[slot];
  }

  long time(int slot) {
    return times[slot];
  }

  double value(int slot) {
    return values[slot];
  }

  boolean hasOwnTime(int slot) {
    return ownTime.get(slot);
  }

  Labels labels(int slot) {
    return labels.labels(labelPositions[slot]);
  }

  boolean labelsEqual(int slot, Labels other) {
    return labels.equals(labelPositions[slot], other);
  }

  Exemplar exemplar(int slot) {
    return new Exemplar(labels(slot), values[slot], times[slot], ownTime.get(slot));
  }

  /** The next younger exemplar of the same series, or {@link #NONE}. */
  int newer(int slot) {
    return newer[slot];
  }

  /** The newest exemplar of a series that is not after a time, or {@link #NONE}. */
  int atOrBefore(Chain chain, long time) {
    int slot = chain.newest;
    while (slot != NONE && times[slot] > time) {
      slot = older[slot];
    }
    return slot;
  }

  /**
   * Takes out the exemplar that was added first.
   *
   * @return its series, which may be empty now
   */
  Chain removeFirst() {
    int slot = first();
    Chain chain = chains[slot];
    if (older[slot] == NONE) {
      chain.oldest = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
    if (newer[slot] == NONE) {
      chain.newest = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
    size--;
    if (size == 0) {
      labels.clear();
    } else {
      labels.dropBefore(labelPositions[first()]);
    }
    return chain;
  }

  boolean isFull() {
    return size == capacity;
  }

  /** Adds an exemplar to a series, at its place in time; there must be room. */
  void add(Chain chain, Exemplar exemplar) {
    int slot = next;
    if (slot == times.length) {
      grow();
    }
    times[slot] = exemplar.timestampMillis();
    values[slot] = exemplar.value();
    labelPositions[slot] = labels.add(exemplar.labels());
    ownTime.set(slot, exemplar.hasTimestamp());
    chains[slot] = chain;
    link(chain, slot);
    next = after(slot);
    size++;
  }

  private void link(Chain chain, int slot) {
    int before = atOrBefore(chain, times[slot]);
    int behind = before == NONE ? chain.oldest : newer[before];
    older[slot] = before;
    newer[slot] = behind;
    if (before == NONE) {
      chain.oldest = slot;
    } else {
      newer[before] = slot;
    }
    if (behind == NONE) {
      chain.newest = slot;
    } else {
      older[behind] = slot;
    }
  }

  private void grow() {
    resizeColumns((int) Math.min(capacity, 2L * times.length));
  }

  private void resizeColumns(int slots) {
    times = Arrays.copyOf(times, slots);
    values = Arrays.copyOf(values, slots);
    labelPositions = Arrays.copyOf(labelPositions, slots);
    older = Arrays.copyOf(older, slots);
    newer = Arrays.copyOf(newer, slots);
    chains = Arrays.copyOf(chains, slots);
  }

  /**
   * A ring of another capacity with the same exemplars and series; this one is spent. There must be
   * room for all.
   */
  ExemplarRing moved(long newCapacity) {
    int clamped = Math.clamp(newCapacity, 0, LARGEST);
    ExemplarRing moved = new ExemplarRing(clamped, size == 0 ? new LabelQueue() : labels);
    moved.resizeColumns(Math.max(size, moved.times.length));
    int first = size == 0 ? 0 : first();
    int from = first;
    for (int to = 0; to < size; to++, from = after(from)) {
      moved.times[to] = times[from];
      moved.values[to] = values[from];
      moved.labelPositions[to] = labelPositions[from];
      moved.ownTime.set(to, ownTime.get(from));
      moved.older[to] = movedSlot(older[from], first);
      moved.newer[to] = movedSlot(newer[from], first);
      Chain chain = chains[from];
      moved.chains[to] = chain;
      // Only the ends of a series know where it is.
      if (older[from] == NONE) {
        chain.oldest = to;
      }
      if (newer[from] == NONE) {
        chain.newest = to;
      }
    }
    moved.size = size;
    moved.next = size == moved.capacity ? 0 : size;
    return moved;
  }

  private int movedSlot(int slot, int first) {
    if (slot == NONE) {
      return NONE;
    }
    return slot >= first ? slot - first : slot - first + capacity;
  }

  long sizeBytes() {
    return times.length * 36L + ownTime.size() / 8 + labels.sizeBytes();
  }
}
