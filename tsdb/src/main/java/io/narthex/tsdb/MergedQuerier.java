package io.narthex.tsdb;

import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Head and blocks as one view. */
final class MergedQuerier implements Querier {
  /** A view of a part of the database, with the range that it was opened for. */
  record Part(Querier querier, long mint, long maxt) {}

  private final List<Part> parts;

  MergedQuerier(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
    List<MergedSeriesSet.Source> sources = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (part.mint() <= hints.end() && part.maxt() >= hints.start()) {
        SeriesSet set = part.querier().select(hints, matchers);
        if (set.size() > 0 || !set.warnings().isEmpty()) {
          sources.add(new MergedSeriesSet.Source(set, part.mint(), part.maxt()));
        }
      }
    }
    return switch (sources.size()) {
      case 0 -> SeriesSet.EMPTY;
      case 1 -> new BoundedSeriesSet(sources.getFirst());
      default -> MergedSeriesSet.of(sources);
    };
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, int limit) {
    if (parts.size() == 1) {
      return parts.getFirst().querier().labelNames(matchers, limit);
    }
    List<String> names = List.of();
    for (Part part : parts) {
      names = union(names, part.querier().labelNames(matchers, limit));
    }
    return cut(names, limit);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
    if (parts.size() == 1) {
      return parts.getFirst().querier().labelValues(name, matchers, limit);
    }
    List<String> values = List.of();
    for (Part part : parts) {
      values = union(values, part.querier().labelValues(name, matchers, limit));
    }
    return cut(values, limit);
  }

  /** What is in either of two sorted lists, sorted. */
  private static List<String> union(List<String> a, List<String> b) {
    if (a.isEmpty()) {
      return b;
    }
    List<String> both = new ArrayList<>(Math.max(a.size(), b.size()));
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int c = Utf8Order.compare(a.get(i), b.get(j));
      both.add(c <= 0 ? a.get(i) : b.get(j));
      i += c <= 0 ? 1 : 0;
      j += c >= 0 ? 1 : 0;
    }
    both.addAll(a.subList(i, a.size()));
    both.addAll(b.subList(j, b.size()));
    return both;
  }

  private static List<String> cut(List<String> list, int limit) {
    return Collections.unmodifiableList(
        limit > 0 && list.size() > limit ? list.subList(0, limit) : list);
  }

  @Override
  public void close() {
    for (Part part : parts) {
      part.querier().close();
    }
  }
}
