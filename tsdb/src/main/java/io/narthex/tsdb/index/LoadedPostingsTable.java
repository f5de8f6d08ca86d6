package io.narthex.tsdb.index;

import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.encoding.MappedFile;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The table of version 1, whose entries are in no order: all of it in memory. */
final class LoadedPostingsTable implements PostingsTable {
  private final NavigableMap<String, NavigableMap<String, Long>> offsets =
      new TreeMap<>(Utf8Order::compare);

  LoadedPostingsTable(MappedFile file, long start) {
    long length = file.u32(start) & 0xFFFFFFFFL;
    file.checkCrc32c(start + 4, length, "postings offset table");
    MappedReader reader = new MappedReader(file, start + 4);
    for (int left = reader.u32(); left > 0; left--) {
      if (reader.uvarint() != 2) {
        throw file.corrupted(reader.position(), "postings offset table: entry without 2 keys");
      }
      String name = reader.string();
      String value = reader.string();
      offsets
          .computeIfAbsent(name, _ -> new TreeMap<>(Utf8Order::compare))
          .put(value, reader.uvarint());
    }
  }

  @Override
  public List<String> names() {
    return offsets.keySet().stream().filter(name -> !name.isEmpty()).toList();
  }

  @Override
  public int valueCount(String name) {
    NavigableMap<String, Long> values = offsets.get(name);
    return values == null ? 0 : values.size();
  }

  @Override
  public long find(String name, String value) {
    NavigableMap<String, Long> values = offsets.get(name);
    return values == null ? ABSENT : values.getOrDefault(value, ABSENT);
  }

  @Override
  public void visit(String name, String prefix, ValueVisitor visitor) {
    NavigableMap<String, Long> values = offsets.get(name);
    if (values == null) {
      return;
    }
    for (Map.Entry<String, Long> entry : values.tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix) || !visitor.value(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }
}
