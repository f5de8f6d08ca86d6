package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.MappedFile;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexReader;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.PostingsSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads one block in a range of time. */
final class BlockQuerier implements Querier {
  /** Values are looked up through the series where so many times more values than series exist. */
  private static final int VALUES_PER_SERIES = 4;

  private final BlockContent content;
  private final IndexReader index;
  private final long mint;
  private final long maxt;
  private final Consumer<StorageException> damage;

  /**
   * @param damage told of what cannot be read while selecting and reading series; left out where it
   *     returns
   */
  BlockQuerier(BlockContent content, long mint, long maxt, Consumer<StorageException> damage) {
    this.content = content;
    this.index = content.index();
    this.mint = mint;
    this.maxt = maxt;
    this.damage = damage;
  }

  @Override
  public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
    return guarded(() -> find(hints, matchers));
  }

  private SeriesSet find(SelectHints hints, List<Matcher> matchers) {
    int[] numbers = numbers(matchers);
    Labels[] labels = new Labels[numbers.length];
    int[] kept = new int[numbers.length];
    int n = 0;
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[BlockContent.ENTRY_BYTES];
    for (int number : numbers) {
      Labels found;
      try {
        found = index.series(number, chunks, scratch);
      } catch (StorageException e) {
        damage.accept(e);
        continue;
      }
      if (mayHaveSamples(number, chunks)) {
        labels[n] = found;
        kept[n++] = number;
        if (n == hints.limit()) {
          break;
        }
      }
    }
    return n == 0
        ? SeriesSet.EMPTY
        : new BlockSeriesSet(content, Arrays.copyOf(labels, n), Arrays.copyOf(kept, n), damage);
  }

  private int[] numbers(List<Matcher> matchers) {
    try {
      return PostingsSelector.select(index, matchers);
    } catch (StorageException e) {
      damage.accept(e);
      return new int[0];
    }
  }

  private boolean mayHaveSamples(int number, ChunkMetas chunks) {
    Intervals deleted = content.tombstones().of(number);
    for (int i = 0; i < chunks.size(); i++) {
      boolean inRange = chunks.mint(i) <= maxt && chunks.maxt(i) >= mint;
      if (inRange && !deleted.cover(chunks.mint(i), chunks.maxt(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, int limit) {
    return guarded(() -> names(matchers, limit));
  }

  private List<String> names(List<Matcher> matchers, int limit) {
    if (matchers.isEmpty()) {
      return cut(index.labelNames(), limit);
    }
    TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[BlockContent.ENTRY_BYTES];
    for (int number : PostingsSelector.select(index, matchers)) {
      index.series(number, chunks, scratch).forEach((name, _) -> names.add(name));
    }
    return cut(List.copyOf(names), limit);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, int limit) {
    return guarded(() -> values(name, matchers, limit));
  }

  private List<String> values(String name, List<Matcher> matchers, int limit) {
    if (matchers.isEmpty()) {
      return index.labelValues(name, limit);
    }
    int[] numbers = PostingsSelector.select(index, matchers);
    return (long) numbers.length > (long) VALUES_PER_SERIES * index.labelValueCount(name)
        ? valuesByPostings(name, numbers, limit)
        : valuesBySeries(name, numbers, limit);
  }

  private List<String> valuesByPostings(String name, int[] numbers, int limit) {
    List<String> values = new ArrayList<>();
    for (String value : index.labelValues(name, 0)) {
      if (Postings.intersect(numbers, index.with(name, value)).length > 0) {
        values.add(value);
        if (values.size() == limit) {
          break;
        }
      }
    }
    return values;
  }

  private List<String> valuesBySeries(String name, int[] numbers, int limit) {
    TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[BlockContent.ENTRY_BYTES];
    for (int number : numbers) {
      String value = index.series(number, chunks, scratch).get(name);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return cut(List.copyOf(values), limit);
  }

  private <T> T guarded(Supplier<T> action) {
    try {
      return action.get();
    } catch (InternalError e) {
      throw MappedFile.vanished(content.folder(), e);
    }
  }

  private static List<String> cut(List<String> list, int limit) {
    return limit > 0 && list.size() > limit ? list.subList(0, limit) : list;
  }

  @Override
  public void close() {
    content.close();
  }
}
