package io.narthex.tsdb;

import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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
    TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
    for (Part part : parts) {
      names.addAll(part.querier().labelNames(matchers, limit));
    }
    return cut(names, limit);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
    if (parts.size() == 1) {
      return parts.getFirst().querier().labelValues(name, matchers, limit);
    }
    TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
    for (Part part : parts) {
      values.addAll(part.querier().labelValues(name, matchers, limit));
    }
    return cut(values, limit);
  }

  private static List<String> cut(TreeSet<String> texts, int limit) {
    List<String> list = List.copyOf(texts);
    return limit > 0 && list.size() > limit ? list.subList(0, limit) : list;
  }

  @Override
  public void close() {
    for (Part part : parts) {
      part.querier().close();
    }
  }
}
