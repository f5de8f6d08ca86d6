package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.storage.Appender;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.SelectiveVisitor;
import io.narthex.tsdb.wal.SeriesIdBound;
import io.narthex.tsdb.wal.WalCompression;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata of series in the log. */
final class HeadMetadataTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final MetricMetadata REQUESTS =
      new MetricMetadata(MetricType.COUNTER, "requests", "All requests so far.");
  private static final MetricMetadata HEAT = new MetricMetadata(MetricType.GAUGE, "celsius", "");

  @TempDir private Path folder;

  private Head open() {
    Head head =
        new Head(
            new HeadOptions(60_000, 120, SampleFormat.PLAIN, false),
            HeadChunkFiles.open(folder.resolve("chunks_head")),
            new HeadMetrics(new MetricRegistry()));
    Path wal = folder.resolve("wal");
    int newest = WalSegments.list(wal).stream().reduce(-1, (_, n) -> n);
    long bound = SeriesIdBound.of(wal, newest);
    WalWriter log = WalWriter.open(wal, 1 << 15, WalCompression.SNAPPY, WalMetrics.unregistered());
    head.log(log, bound);
    new HeadReplay(head, log, folder.resolve("wbl"), Optional.empty(), new ReplayStatus()).run();
    return head;
  }

  private static long append(Head head, String name, long t, MetricMetadata... metadata) {
    try (Appender appender = head.appender()) {
      long ref = appender.series(Labels.of("__name__", name));
      appender.append(ref, t, 1);
      for (MetricMetadata each : metadata) {
        appender.updateMetadata(ref, each);
      }
      appender.commit();
      return ref;
    }
  }

  /** All metadata of a log, in its order. */
  private List<String> logged(Path log) {
    List<String> found = new ArrayList<>();
    RecordDecoder decoder = new RecordDecoder();
    try (WalReader reader = WalReader.openAll(log)) {
      while (reader.next()) {
        decoder.decode(reader.record(), reader.offset(), reader.length(), new Collector(found));
      }
    }
    return found;
  }

  private static String line(long ref, MetricMetadata metadata) {
    return ref + " " + metadata;
  }

  @Test
  void isLoggedWhereItIsNewOrHasChanged() {
    long a;
    long b;
    try (Head head = open()) {
      a = append(head, "a", T0, REQUESTS);
      b = append(head, "b", T0, HEAT, HEAT);
      append(head, "a", T0 + 1, REQUESTS);
      append(head, "a", T0 + 2, HEAT);
      append(head, "a", T0 + 3, REQUESTS);
      append(head, "c", T0 + 3);
    }
    assertThat(logged(folder.resolve("wal")))
        .containsExactly(
            line(a, REQUESTS), line(b, HEAT), line(b, HEAT), line(a, HEAT), line(a, REQUESTS));
  }

  @Test
  void isKnownAfterARestart() {
    long ref;
    try (Head head = open()) {
      ref = append(head, "a", T0, REQUESTS);
    }
    try (Head head = open()) {
      assertThat(head.metadata.of(head.refs.row(ref))).isEqualTo(REQUESTS);
      append(head, "a", T0 + 1, REQUESTS);
    }
    assertThat(logged(folder.resolve("wal"))).containsExactly(line(ref, REQUESTS));
  }

  @Test
  void ofBatchesThatAreRolledBackIsForgotten() {
    try (Head head = open()) {
      try (Appender appender = head.appender()) {
        long ref = appender.series(Labels.of("__name__", "a"));
        appender.append(ref, T0, 1);
        appender.updateMetadata(ref, REQUESTS);
      }
      append(head, "b", T0);
      assertThat(logged(folder.resolve("wal"))).isEmpty();
    }
  }

  @Test
  void theNewestOfSeriesStillThereGoesToTheCheckpoint() throws Exception {
    try (Head head = open()) {
      long a = append(head, "a", T0, HEAT);
      append(head, "a", T0 + 1, REQUESTS);
      append(head, "gone", T0, REQUESTS);
      for (int i = 1; i < 8; i++) {
        append(head, "a", T0 + i * 60_000);
        head.truncateLog(T0);
      }
      head.truncate(T0 + 100_000, 1000);
      head.sweep();
      for (int i = 8; i < 20; i++) {
        append(head, "a", T0 + i * 60_000);
        head.truncateLog(T0 + 100_000);
      }
      Path checkpoint =
          io.narthex.tsdb.wal.Checkpoint.latest(folder.resolve("wal")).orElseThrow().folder();
      assertThat(logged(checkpoint)).containsExactly(line(a, REQUESTS));
      assertThat(head.metadata.of(head.refs.row(a))).isEqualTo(REQUESTS);
    }
  }

  @Test
  void rowsThatAreUsedAgainKnowNothing() throws Exception {
    try (Head head = open()) {
      long gone = append(head, "gone", T0, REQUESTS);
      int row = head.refs.row(gone);
      append(head, "a", T0 + 200_000);
      head.truncate(T0 + 100_000, 1000);
      head.sweep();
      long fresh = append(head, "fresh", T0 + 200_000);
      assertThat(head.refs.row(fresh)).isEqualTo(row);
      assertThat(head.metadata.of(row)).isNull();
    }
  }

  /** Writes down metadata. */
  private static final class Collector extends SelectiveVisitor {
    private final List<String> found;

    Collector(List<String> found) {
      this.found = found;
    }

    @Override
    public void metadata(long ref, MetricMetadata metadata) {
      found.add(line(ref, metadata));
    }
  }
}
