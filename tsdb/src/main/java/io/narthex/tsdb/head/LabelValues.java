package io.narthex.tsdb.head;

import io.narthex.model.labels.Utf8Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The values of one label name, by symbol number, each with the rows that have it.
 *
 * <p>Rows of a value are kept as small as they come: one row within the table, up to {@value
 * #MAX_ARRAY} as a sorted array, more as a bitmap. Guarded by the index lock.
 */
final class LabelValues {
  private static final int MAX_ARRAY = 48;

  /** Longer lists are made anew whenever they are asked for. */
  private static final int MAX_KEPT = 10_000;

  private static final int FREE = -1;
  private static final int FIRST_CAPACITY = 8;

  /** Open addressing by value number, {@link #FREE} where there is none. */
  private int[] keys = filled(FIRST_CAPACITY);

  /** The only row of a value; of no meaning where it has a list. */
  private int[] single = new int[FIRST_CAPACITY];

  /** {@code int[]} with the count in front, or {@link RoaringBitmap}; null where all are single. */
  private @Nullable Object @Nullable [] lists;

  private int size;
  private long rows;

  /** All values in order, from when they were last asked for until one comes or goes. */
  private volatile @Nullable List<String> sorted;

  /** How many values there are. */
  int size() {
    return size;
  }

  /** How many rows have the label. */
  long rows() {
    return rows;
  }

  /** All values in the order of their UTF-8 bytes; not to be changed. */
  List<String> sorted(SymbolTable symbols) {
    List<String> known = sorted;
    if (known != null) {
      return known;
    }
    List<String> values = new ArrayList<>(size);
    for (int key : keys) {
      if (key != FREE) {
        values.add(symbols.text(key));
      }
    }
    values.sort(Utf8Order::compare);
    if (values.size() <= MAX_KEPT) {
      sorted = values;
    }
    return values;
  }

  int slots() {
    return keys.length;
  }

  /** The value in a slot, or -1. */
  int value(int slot) {
    return keys[slot];
  }

  /** The slot of a value, or -1. */
  int slot(int value) {
    int mask = keys.length - 1;
    for (int i = home(value, mask); ; i = (i + 1) & mask) {
      if (keys[i] == value) {
        return i;
      }
      if (keys[i] == FREE) {
        return -1;
      }
    }
  }

  /** How many rows have the value in a slot. */
  int count(int slot) {
    Object list = list(slot);
    if (list == null) {
      return 1;
    }
    return list instanceof int[] array ? array[0] : ((RoaringBitmap) list).getCardinality();
  }

  /** Adds the rows with the value in a slot to a set. */
  void addTo(int slot, RoaringBitmap into) {
    Object list = list(slot);
    if (list == null) {
      into.add(single[slot]);
    } else if (list instanceof int[] array) {
      into.addN(array, 1, array[0]);
    } else {
      into.or((RoaringBitmap) list);
    }
  }

  /** Intersects a set with the rows that have the value in a slot. */
  void retain(int slot, RoaringBitmap set) {
    if (list(slot) instanceof RoaringBitmap bitmap) {
      set.and(bitmap);
    } else {
      RoaringBitmap rowsOfValue = new RoaringBitmap();
      addTo(slot, rowsOfValue);
      set.and(rowsOfValue);
    }
  }

  /** Whether at least one of the rows with the value in a slot is in the set. */
  boolean intersects(int slot, RoaringBitmap set) {
    Object list = list(slot);
    if (list == null) {
      return set.contains(single[slot]);
    }
    if (list instanceof int[] array) {
      for (int i = 1; i <= array[0]; i++) {
        if (set.contains(array[i])) {
          return true;
        }
      }
      return false;
    }
    return RoaringBitmap.intersects((RoaringBitmap) list, set);
  }

  void add(int value, int row) {
    rows++;
    int slot = slot(value);
    if (slot < 0) {
      int added = newSlot(value);
      single[added] = row;
      return;
    }
    Object list = list(slot);
    if (list == null) {
      lists()[slot] = array(single[slot], row);
    } else if (list instanceof int[] array) {
      lists()[slot] = array[0] < MAX_ARRAY ? inserted(array, row) : bitmap(array, row);
    } else {
      ((RoaringBitmap) list).add(row);
    }
  }

  void remove(int value, int row) {
    int slot = slot(value);
    if (slot < 0) {
      return;
    }
    rows--;
    Object list = list(slot);
    if (list == null) {
      removeSlot(slot);
    } else if (list instanceof int[] array) {
      removeFrom(array, row);
      if (array[0] == 0) {
        removeSlot(slot);
      }
    } else {
      RoaringBitmap bitmap = (RoaringBitmap) list;
      bitmap.remove(row);
      if (bitmap.isEmpty()) {
        removeSlot(slot);
      }
    }
  }

  /** Memory taken, in bytes, roughly. */
  long sizeBytes() {
    long bytes = 8L * keys.length;
    if (lists != null) {
      bytes += 4L * lists.length;
      for (Object list : lists) {
        if (list instanceof int[] array) {
          bytes += 16 + 4L * array.length;
        } else if (list instanceof RoaringBitmap bitmap) {
          bytes += 80 + bitmap.getSizeInBytes();
        }
      }
    }
    return bytes;
  }

  private @Nullable Object list(int slot) {
    return lists == null ? null : lists[slot];
  }

  private @Nullable Object[] lists() {
    if (lists == null) {
      lists = new Object[keys.length];
    }
    return lists;
  }

  private int newSlot(int value) {
    sorted = null;
    if (size >= keys.length - (keys.length >> 2)) {
      resize(keys.length * 2);
    }
    int slot = freeSlot(value);
    keys[slot] = value;
    size++;
    return slot;
  }

  private int freeSlot(int value) {
    int mask = keys.length - 1;
    int i = home(value, mask);
    while (keys[i] != FREE) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void resize(int capacity) {
    int[] oldKeys = keys;
    int[] oldSingle = single;
    @Nullable Object[] oldLists = lists;
    keys = filled(capacity);
    single = new int[keys.length];
    lists = oldLists == null ? null : new Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = freeSlot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        single[slot] = oldSingle[i];
        if (oldLists != null) {
          lists()[slot] = oldLists[i];
        }
      }
    }
  }

  private void removeSlot(int slot) {
    sorted = null;
    int mask = keys.length - 1;
    int gap = slot;
    for (int i = (slot + 1) & mask; keys[i] != FREE; i = (i + 1) & mask) {
      if (((i - home(keys[i], mask)) & mask) >= ((i - gap) & mask)) {
        keys[gap] = keys[i];
        single[gap] = single[i];
        if (lists != null) {
          lists[gap] = lists[i];
        }
        gap = i;
      }
    }
    keys[gap] = FREE;
    if (lists != null) {
      lists[gap] = null;
    }
    size--;
    if (size < (keys.length >>> 3) && keys.length > FIRST_CAPACITY) {
      resize(keys.length >>> 1);
    }
  }

  private static int[] array(int a, int b) {
    return new int[] {2, Math.min(a, b), Math.max(a, b), 0};
  }

  private static int[] inserted(int[] array, int row) {
    int n = array[0];
    int at = Arrays.binarySearch(array, 1, n + 1, row);
    if (at >= 0) {
      return array;
    }
    int[] to = n + 1 < array.length ? array : Arrays.copyOf(array, n + 2 + (n >> 1));
    int place = -at - 1;
    System.arraycopy(array, place, to, place + 1, n + 1 - place);
    to[place] = row;
    to[0] = n + 1;
    return to;
  }

  private static RoaringBitmap bitmap(int[] array, int row) {
    RoaringBitmap bitmap = new RoaringBitmap();
    bitmap.addN(array, 1, array[0]);
    bitmap.add(row);
    return bitmap;
  }

  private static void removeFrom(int[] array, int row) {
    int n = array[0];
    int at = Arrays.binarySearch(array, 1, n + 1, row);
    if (at >= 0) {
      System.arraycopy(array, at + 1, array, at, n - at);
      array[0] = n - 1;
    }
  }

  private static int home(int value, int mask) {
    int h = value * 0x9E3779B1;
    return (h ^ (h >>> 16)) & mask;
  }

  private static int[] filled(int capacity) {
    int[] keys = new int[capacity];
    Arrays.fill(keys, FREE);
    return keys;
  }
}
