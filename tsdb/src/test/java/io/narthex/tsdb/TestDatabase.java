package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A database with blocks of a minute that does nothing on its own, and its registry. */
final class TestDatabase implements AutoCloseable {
  static final long BLOCK = 60_000;
  static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;
  private static final List<Matcher> EVERYTHING =
      List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  final MetricRegistry registry = new MetricRegistry();
  final Db db;

  private TestDatabase(DbOptions options) throws Exception {
    db = Db.open(options, registry);
    db.ready().get();
  }

  static DbOptions options(Path folder) {
    return DbOptions.of(folder)
        .withBlocks(BLOCK, 9 * BLOCK)
        .withRetention(0, 0)
        .withReload(3_600_000)
        .withChunks(20, 512 << 20);
  }

  static TestDatabase open(DbOptions options) throws Exception {
    return new TestDatabase(options);
  }

  static Labels labels(int i) {
    return Labels.of("__name__", "up", "i", Integer.toString(i));
  }

  /** One sample of each series in one batch; fails where one is refused. */
  void append(long t, int from, int to, double value) {
    try (Appender appender = db.appender()) {
      for (int i = from; i < to; i++) {
        if (appender.append(appender.series(labels(i)), t, value) != AppendResult.OK) {
          throw new AssertionError("sample of series " + i + " at " + t + " refused");
        }
      }
      appender.commit();
    }
  }

  /** All series with all samples, a line each. */
  String read() {
    return read(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
  }

  String read(long mint, long maxt) {
    try (Querier querier = db.querier(mint, maxt)) {
      return NaiveDatabase.read(querier, mint, maxt, EVERYTHING);
    }
  }

  /** The value of a metric without labels. */
  double metric(String name) {
    return TestMetrics.value(registry, name);
  }

  /** Folders of the blocks below a folder, ascending. */
  static List<Path> blockFolders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().length() == 26)
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    db.close();
  }
}
