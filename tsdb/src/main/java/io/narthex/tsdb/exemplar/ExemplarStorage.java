package io.narthex.tsdb.exemplar;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.SeriesExemplars;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest exemplars, as many as fit. It is off while its capacity is 0, which is how it starts.
 * Safe for several threads.
 *
 * <p>What is refused, and what counts as a repetition, follows Prometheus' tsdb/exemplar.go.
 */
public final class ExemplarStorage implements ExemplarQueryable {
  /** How long names and values of an exemplar's labels may be together, in characters. */
  public static final int MAX_LABELS_LENGTH = 128;

  private final ExemplarMetrics metrics;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Labels, Chain> chains = new HashMap<>();
  private ExemplarRing ring = new ExemplarRing(0);
  private long outOfOrderWindowMillis;
  private volatile boolean enabled;

  /** Takes exemplars one after the other. */
  @FunctionalInterface
  public interface Visitor {
    void exemplar(Labels series, Exemplar exemplar);
  }

  public ExemplarStorage(ExemplarMetrics metrics) {
    this.metrics = metrics;
  }

  /** Whether exemplars are kept at all. */
  public boolean isEnabled() {
    return enabled;
  }

  /** How much older than the newest exemplar of its series one may be, in milliseconds. */
  public void outOfOrderWindow(long millis) {
    lock.writeLock().lock();
    try {
      outOfOrderWindowMillis = Math.max(0, millis);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Changes how many exemplars are kept, 0 or less for none; the newest stay.
   *
   * @return how many stayed
   */
  public int resize(long capacity) {
    lock.writeLock().lock();
    try {
      while (ring.size() > Math.max(0, capacity)) {
        forget(ring.removeFirst());
      }
      ring = ring.moved(capacity);
      enabled = ring.capacity() > 0;
      metrics.capacity.set(ring.capacity());
      measure();
      return ring.size();
    } finally {
      lock.writeLock().unlock();
    }
  }

  public int capacity() {
    lock.readLock().lock();
    try {
      return ring.capacity();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** What {@link #add} would answer now. */
  public AppendResult check(Labels series, Exemplar exemplar) {
    lock.readLock().lock();
    try {
      return judge(chains.get(series), exemplar);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Adds an exemplar; the one that was added first makes room for it.
   *
   * @return {@code OK} also where the storage is off
   */
  public AppendResult add(Labels series, Exemplar exemplar) {
    lock.writeLock().lock();
    try {
      Chain chain = chains.get(series);
      AppendResult result = judge(chain, exemplar);
      if (result == AppendResult.OUT_OF_ORDER_EXEMPLAR) {
        metrics.outOfOrder.inc();
      }
      if (!result.accepted() || ring.capacity() == 0) {
        return result;
      }
      if (chain == null) {
        chain = new Chain(series);
        chains.put(series, chain);
      } else if (isTaken(chain, exemplar.timestampMillis())) {
        return AppendResult.DUPLICATE_EXEMPLAR;
      }
      insert(chain, exemplar);
      metrics.appended.inc();
      measure();
      return AppendResult.OK;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private AppendResult judge(@Nullable Chain chain, Exemplar exemplar) {
    if (ring.capacity() == 0) {
      return AppendResult.OK;
    }
    if (labelsLength(exemplar.labels()) > MAX_LABELS_LENGTH) {
      return AppendResult.EXEMPLAR_LABELS_TOO_LONG;
    }
    if (chain == null || chain.isEmpty()) {
      return AppendResult.OK;
    }
    int newest = chain.newest;
    if (repeats(newest, exemplar)) {
      return AppendResult.DUPLICATE_EXEMPLAR;
    }
    return isOutOfOrder(newest, exemplar) ? AppendResult.OUT_OF_ORDER_EXEMPLAR : AppendResult.OK;
  }

  /** Times count only where one of the two came with a time of its own. */
  private boolean repeats(int newest, Exemplar exemplar) {
    boolean timed = exemplar.hasTimestamp() || ring.hasOwnTime(newest);
    return ring.value(newest) == exemplar.value()
        && !(timed && ring.time(newest) != exemplar.timestampMillis())
        && ring.labelsEqual(newest, exemplar.labels());
  }

  /** Exemplars of one time come in the order of values, those of one value by label hash. */
  private boolean isOutOfOrder(int newest, Exemplar exemplar) {
    long time = ring.time(newest);
    if (exemplar.timestampMillis() != time) {
      return exemplar.timestampMillis() < time
          && exemplar.timestampMillis() <= time - outOfOrderWindowMillis;
    }
    double value = ring.value(newest);
    return exemplar.value() < value
        || (exemplar.value() == value
            && PrometheusLabelHash.compare(exemplar.labels(), ring.labels(newest)) < 0);
  }

  /** An older exemplar of the same time is taken for the same without a closer look. */
  private boolean isTaken(Chain chain, long time) {
    if (chain.isEmpty() || time >= ring.time(chain.newest)) {
      return false;
    }
    int before = ring.atOrBefore(chain, time);
    return before != ExemplarRing.NONE && ring.time(before) == time;
  }

  private void insert(Chain chain, Exemplar exemplar) {
    if (ring.isFull()) {
      Chain shortened = ring.removeFirst();
      if (shortened != chain) {
        forget(shortened);
      }
    }
    ring.add(chain, exemplar);
  }

  private void forget(Chain chain) {
    if (chain.isEmpty()) {
      chains.remove(chain.series);
    }
  }

  private static int labelsLength(Labels labels) {
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += characters(labels.name(i)) + characters(labels.value(i));
    }
    return length;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private void measure() {
    metrics.inStorage.set(ring.size());
    metrics.seriesInStorage.set(chains.size());
    if (ring.size() > 0) {
      metrics.oldestSeconds.set(ring.time(ring.first()) / 1e3);
    } else if (ring.capacity() == 0) {
      metrics.oldestSeconds.set(0);
    }
  }

  @Override
  public List<SeriesExemplars> exemplars(long start, long end, List<List<Matcher>> matcherSets) {
    List<SeriesExemplars> found = new ArrayList<>();
    lock.readLock().lock();
    try {
      for (Chain chain : chains.values()) {
        if (ring.time(chain.oldest) <= end
            && ring.time(chain.newest) >= start
            && matchesOne(chain.series, matcherSets)) {
          List<Exemplar> exemplars = range(chain, start, end);
          if (!exemplars.isEmpty()) {
            found.add(new SeriesExemplars(chain.series, exemplars));
          }
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    found.sort(Comparator.comparing(SeriesExemplars::series));
    return found;
  }

  private List<Exemplar> range(Chain chain, long start, long end) {
    List<Exemplar> exemplars = new ArrayList<>();
    for (int slot = chain.oldest;
        slot != ExemplarRing.NONE && ring.time(slot) <= end;
        slot = ring.newer(slot)) {
      if (ring.time(slot) >= start) {
        exemplars.add(ring.exemplar(slot));
      }
    }
    return exemplars;
  }

  private static boolean matchesOne(Labels series, List<List<Matcher>> matcherSets) {
    for (List<Matcher> matchers : matcherSets) {
      if (matchesAll(series, matchers)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesAll(Labels series, List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(series.get(matcher.name()))) {
        return false;
      }
    }
    return true;
  }

  /** Shows all exemplars in the order in which they were added; nothing is added meanwhile. */
  public void forEach(Visitor visitor) {
    lock.readLock().lock();
    try {
      int slot = ring.size() == 0 ? 0 : ring.first();
      for (int left = ring.size(); left > 0; left--, slot = ring.after(slot)) {
        visitor.exemplar(ring.chain(slot).series, ring.exemplar(slot));
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Memory for exemplars, series aside. */
  public long sizeBytes() {
    lock.readLock().lock();
    try {
      return ring.sizeBytes();
    } finally {
      lock.readLock().unlock();
    }
  }
}
