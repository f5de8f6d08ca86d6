package io.narthex.tsdb.head;

import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** A view of the head as of one commit. */
final class HeadQuerier implements Querier {
  private final Head head;
  private final long mint;
  private final long maxt;
  private final Isolation.Member view;
  private volatile boolean closed;

  HeadQuerier(Head head, long mint, long maxt) {
    this.head = head;
    this.mint = mint;
    this.maxt = maxt;
    this.view = head.isolation().openView(mint, maxt);
  }

  @Override
  public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
    if (outside()) {
      return SeriesSet.EMPTY;
    }
    long from = Math.max(mint, hints.start());
    long to = Math.min(maxt, hints.end());
    head.indexLock.readLock().lock();
    try {
      int[] rows = overlapping(head.index.select(matchers), from, to);
      head.ranks.sort(rows);
      if (hints.limit() > 0 && rows.length > hints.limit()) {
        rows = Arrays.copyOf(rows, hints.limit());
      }
      return new HeadSeriesSet(head, view, rows);
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  private int[] overlapping(RoaringBitmap selected, long from, long to) {
    int[] rows = new int[selected.getCardinality()];
    int n = 0;
    RowReader reader = new RowReader(head);
    PeekableIntIterator each = selected.getIntIterator();
    while (each.hasNext()) {
      int row = each.next();
      if (reader.overlaps(row, from, to) || outOfOrderOverlaps(reader, row, from, to)) {
        rows[n++] = row;
      }
    }
    return n == rows.length ? rows : Arrays.copyOf(rows, n);
  }

  private boolean outOfOrderOverlaps(RowReader reader, int row, long from, long to) {
    if (!reader.hasFlag(SeriesTable.FLAG_OUT_OF_ORDER)) {
      return false;
    }
    OutOfOrderSeries series = head.outOfOrder.get(row);
    return series != null && series.overlaps(from, to);
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, int limit) {
    List<String> names = new ArrayList<>();
    if (!outside()) {
      head.indexLock.readLock().lock();
      try {
        if (matchers.isEmpty()) {
          names.addAll(head.index.names().keySet());
        } else {
          head.index.names(head.index.select(matchers), names);
        }
      } finally {
        head.indexLock.readLock().unlock();
      }
    }
    return sorted(names, limit);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
    List<String> values = new ArrayList<>();
    if (!outside()) {
      head.indexLock.readLock().lock();
      try {
        if (matchers.isEmpty()) {
          return cut(head.index.values(name), limit);
        }
        head.index.values(name, head.index.select(matchers), values);
      } finally {
        head.indexLock.readLock().unlock();
      }
    }
    return sorted(values, limit);
  }

  private static List<String> sorted(List<String> texts, int limit) {
    texts.sort(Utf8Order::compare);
    return cut(texts, limit);
  }

  private static List<String> cut(List<String> texts, int limit) {
    List<String> result = limit > 0 && texts.size() > limit ? texts.subList(0, limit) : texts;
    return Collections.unmodifiableList(result);
  }

  private boolean outside() {
    if (closed) {
      throw new IllegalStateException("BUG: querier used after close");
    }
    return !head.times.mayHave(mint, maxt);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      head.isolation().close(view);
    }
  }
}
