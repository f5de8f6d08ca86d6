package io.narthex.tool.tsdb;

import io.narthex.model.labels.Utf8Order;
import io.narthex.tool.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names with numbers, the largest first; equal ones by name. */
final class Ranking {
  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::number)
          .reversed()
          .thenComparing(Entry::name, Utf8Order::compare);

  private record Entry(String name, long number) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(String name, long number) {
    entries.add(new Entry(name, number));
  }

  void print(int limit, Output out) {
    entries.sort(ORDER);
    for (Entry entry : entries.subList(0, Math.clamp(limit, 0, entries.size()))) {
      out.line(Long.toUnsignedString(entry.number()) + " " + entry.name());
    }
  }
}
