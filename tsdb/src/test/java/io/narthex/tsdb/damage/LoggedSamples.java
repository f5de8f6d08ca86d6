package io.narthex.tsdb.damage;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.SelectiveVisitor;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalSegments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which samples the records of a log have that stand before a damage or in other segments. */
final class LoggedSamples extends SelectiveVisitor {
  private final Path damaged;
  private final long from;
  private final Map<Long, Labels> series = new HashMap<>();
  private final Set<Long> refs = new HashSet<>();
  private final Map<Long, Set<Long>> times = new HashMap<>();

  private LoggedSamples(Path damaged, long from) {
    this.damaged = damaged;
    this.from = from;
  }

  /**
   * Reads a log that is whole.
   *
   * @param damaged the segment with the damage
   * @param from what comes behind in that segment does not count
   */
  static LoggedSamples of(Path folder, Path damaged, long from) {
    LoggedSamples logged = new LoggedSamples(damaged, from);
    Optional<Checkpoint> checkpoint = Checkpoint.latest(folder.resolve("wal"));
    checkpoint.ifPresent(found -> logged.readAll(found.folder(), 0));
    logged.readAll(folder.resolve("wal"), checkpoint.map(Checkpoint::segment).orElse(-1) + 1);
    return logged;
  }

  /** The same of what the out-of-order log has; the write-ahead log is whole. */
  static LoggedSamples outOfOrder(Path folder, Path damaged, long from) {
    LoggedSamples logged = of(folder, damaged, from);
    logged.times.clear();
    return logged.withOutOfOrder(folder);
  }

  /** Adds the out-of-order log. */
  LoggedSamples withOutOfOrder(Path folder) {
    readAll(folder.resolve("wbl"), 0);
    return this;
  }

  private void readAll(Path folder, int first) {
    for (int segment : WalSegments.list(folder)) {
      if (segment >= first) {
        read(folder, segment);
      }
    }
  }

  private void read(Path folder, int segment) {
    boolean isDamaged = WalSegments.file(folder, segment).equals(damaged);
    RecordDecoder decoder = new RecordDecoder();
    try (WalReader reader = WalReader.open(folder, segment, segment)) {
      byte[] record = new byte[0];
      while (reader.next()) {
        // A record ends where the next starts.
        if (isDamaged && reader.recordStart() > from) {
          break;
        }
        decoder.decode(record, 0, record.length, this);
        record =
            Arrays.copyOfRange(reader.record(), reader.offset(), reader.offset() + reader.length());
      }
      if (!isDamaged) {
        decoder.decode(record, 0, record.length, this);
      }
    }
  }

  /** Of a content, what is logged. */
  Content of(Content content) {
    Map<Labels, Set<Long>> known = new HashMap<>();
    times.forEach(
        (ref, all) -> {
          if (series.containsKey(ref)) {
            known.computeIfAbsent(series.get(ref), _ -> new HashSet<>()).addAll(all);
          }
        });
    return content.only((labels, t) -> known.getOrDefault(labels, Set.of()).contains(t));
  }

  @Override
  public void series(long ref, Labels labels) {
    series.put(ref, labels);
    refs.add(ref);
  }

  /** A sample before its series is of one that was lost. */
  private void sample(long ref, long t) {
    if (refs.contains(ref)) {
      times.computeIfAbsent(ref, _ -> new HashSet<>()).add(t);
    }
  }

  @Override
  public void sample(long ref, long t, double value) {
    sample(ref, t);
  }

  @Override
  public void histogram(long ref, long t, Histogram histogram) {
    sample(ref, t);
  }

  @Override
  public void floatHistogram(long ref, long t, FloatHistogram histogram) {
    sample(ref, t);
  }
}
