package io.narthex.tsdb.index;

import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.encoding.MappedFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The postings offset table of version 2, left in the file: for each name the positions of every
 * few entries are known, and searched by halves.
 */
final class SparsePostingsTable implements PostingsTable {
  private static final int STRIDE = 32;

  /** A name's entries: how many, and where every {@link #STRIDE}th is, from the table's start. */
  private static final class Entries {
    int count;
    int[] positions = new int[4];

    void add(int position) {
      if (count % STRIDE == 0) {
        int i = count / STRIDE;
        if (i == positions.length) {
          positions = Arrays.copyOf(positions, 2 * i);
        }
        positions[i] = position;
      }
      count++;
    }
  }

  private final MappedFile file;
  private final long start;
  private final Map<String, Entries> byName = new TreeMap<>(Utf8Order::compare);
  private final List<String> names;

  SparsePostingsTable(MappedFile file, long start) {
    this.file = file;
    this.start = start;
    long length = file.u32(start) & 0xFFFFFFFFL;
    file.checkCrc32c(start + 4, length, "postings offset table");
    MappedReader reader = new MappedReader(file, start + 4);
    int count = reader.u32();
    byte[] lastName = new byte[0];
    Entries entries = new Entries();
    for (int i = 0; i < count; i++) {
      long position = reader.position();
      checkKeyCount(reader);
      long nameStart = reader.position();
      if (i == 0 || reader.compareString(lastName) != 0) {
        reader.position(nameStart);
        String name = reader.string();
        lastName = name.getBytes(StandardCharsets.UTF_8);
        entries = byName.computeIfAbsent(name, _ -> new Entries());
      }
      entries.add((int) (position - start));
      reader.skipString();
      reader.uvarint();
    }
    names = byName.keySet().stream().filter(name -> !name.isEmpty()).toList();
  }

  private void checkKeyCount(MappedReader reader) {
    long keys = reader.uvarint();
    if (keys != 2) {
      throw file.corrupted(
          reader.position(), "postings offset table: entry of 2 keys expected, found " + keys);
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int valueCount(String name) {
    Entries entries = byName.get(name);
    return entries == null ? 0 : entries.count;
  }

  @Override
  public long find(String name, String value) {
    Entries entries = byName.get(name);
    if (entries == null) {
      return ABSENT;
    }
    byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
    MappedReader reader = new MappedReader(file, 0);
    int group = lastGroupNotAfter(entries, wanted, reader);
    int end = Math.min(entries.count, (group + 1) * STRIDE);
    reader.position(start + (entries.positions[group] & 0xFFFFFFFFL));
    for (int i = group * STRIDE; i < end; i++) {
      toValue(reader);
      int c = reader.compareString(wanted);
      long offset = reader.uvarint();
      if (c >= 0) {
        return c == 0 ? offset : ABSENT;
      }
    }
    return ABSENT;
  }

  @Override
  public void visit(String name, String prefix, ValueVisitor visitor) {
    Entries entries = byName.get(name);
    if (entries == null) {
      return;
    }
    MappedReader reader = new MappedReader(file, 0);
    int group =
        prefix.isEmpty()
            ? 0
            : lastGroupNotAfter(entries, prefix.getBytes(StandardCharsets.UTF_8), reader);
    reader.position(start + (entries.positions[group] & 0xFFFFFFFFL));
    boolean inside = false;
    for (int i = group * STRIDE; i < entries.count; i++) {
      toValue(reader);
      String value = reader.string();
      long offset = reader.uvarint();
      if (value.startsWith(prefix)) {
        inside = true;
        if (!visitor.value(value, offset)) {
          return;
        }
      } else if (inside) {
        return;
      }
    }
  }

  /** The last group whose first value is not greater; the first where all are. */
  private int lastGroupNotAfter(Entries entries, byte[] value, MappedReader reader) {
    int low = 0;
    int high = (entries.count + STRIDE - 1) / STRIDE - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      reader.position(start + (entries.positions[middle] & 0xFFFFFFFFL));
      toValue(reader);
      if (reader.compareString(value) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static void toValue(MappedReader reader) {
    reader.uvarint();
    reader.skipString();
  }
}
