package io.narthex.scrape;

import io.narthex.client.MetricRegistry;
import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.LoadOptions;
import io.narthex.config.ScrapeConfig;
import io.narthex.config.relabel.Relabeler;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportRuntime;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The scrape of a known page of 1,000 series into a storage that takes everything: parse, cache hit
 * and append without what the storage costs. Figures are per sample; {@code cacheHit} is the cache
 * alone. It stands in the package of what it measures, which is not public.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScrapeBatchBenchmark {
  private static final int SERIES = 1000;
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final TransportRuntime runtime = new TransportRuntime();
  private final Sink sink = new Sink();
  private final int[] starts = new int[SERIES];
  private final int[] ends = new int[SERIES];
  private Transport transport;
  private ScrapeBatch batch;
  private ScrapeCache cache;
  private byte[] page;
  private int length;
  private long timestamp;

  @Setup
  public void scrapeOnce() throws ConfigException, TransportException {
    ScrapeConfig config =
        ConfigLoader.parse(
                "scrape_configs: [{job_name: bench}]", Path.of("bench.yml"), LoadOptions.server())
            .scrapeConfigs()
            .getFirst();
    SpanHash.Keys keys = SpanHash.Keys.random();
    ScrapeMetrics metrics = new ScrapeMetrics(new MetricRegistry());
    MetadataInterner interner = new MetadataInterner();
    PoolContext.Shared shared =
        new PoolContext.Shared(
            ScrapeOptions.DEFAULT,
            () -> sink,
            metrics,
            new BodyPool(),
            new CursorPool(false),
            interner,
            keys);
    transport = new Transport(HttpClientConfig.DEFAULT, runtime);
    PoolContext context =
        new PoolContext(config, shared, transport, Relabeler.NONE, FailureLog.NONE);
    Target target =
        new Target(
            Labels.of("__address__", "a:1", "instance", "a:1", "job", "bench"),
            config,
            Labels.EMPTY,
            Labels.EMPTY);
    batch =
        new ScrapeBatch(
            context,
            new ScrapeCache(keys),
            new MetadataCache(interner, keys),
            new SampleLabels(target.labels(), false, Relabeler.NONE),
            new AppendErrors(metrics, "bench", target));
    writePage();
    scrape();
    fillCache(keys);
  }

  private void writePage() {
    Random random = new Random(7);
    StringBuilder out = new StringBuilder("# TYPE http_requests_total counter\n");
    for (int i = 0; i < SERIES; i++) {
      starts[i] = out.length();
      out.append("http_requests_total{handler=\"/api/v1/items\",method=\"GET\",pod=\"checkout-")
          .append(i)
          .append("\",service=\"checkout\",zone=\"eu-west-1a\"}");
      ends[i] = out.length();
      out.append(' ').append(random.nextInt(10_000_000)).append('\n');
    }
    byte[] text = out.toString().getBytes(StandardCharsets.UTF_8);
    length = text.length;
    page = Arrays.copyOf(text, length + 1);
  }

  private void fillCache(SpanHash.Keys keys) {
    cache = new ScrapeCache(keys);
    for (int i = 0; i < SERIES; i++) {
      cache.find(page, starts[i], ends[i]);
      cache.add(i + 1, ends[i] - starts[i]);
    }
  }

  @TearDown
  public void stop() {
    transport.close();
    runtime.close();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public double scrape() {
    String problem = batch.append(sink, page, length, CONTENT_TYPE, timestamp++);
    if (!problem.isEmpty()) {
      throw new IllegalStateException(problem);
    }
    return sink.sum;
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public long cacheHit() {
    long sum = 0;
    cache.begin();
    for (int i = 0; i < SERIES; i++) {
      cache.predict(page, starts[i], length);
      int entry = cache.find(page, starts[i], ends[i]);
      cache.touch(entry);
      cache.track(entry);
      sum += cache.ref(entry);
    }
    cache.end(true);
    return sum;
  }

  /** Accepts everything and keeps nothing. */
  private static final class Sink implements Appender {
    private final Map<Labels, Long> refs = new HashMap<>();
    private double sum;

    @Override
    public long series(Labels labels) {
      return refs.computeIfAbsent(labels, l -> refs.size() + 1L);
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, double value) {
      sum += ref + value;
      return AppendResult.OK;
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, Histogram histogram) {
      return AppendResult.OK;
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, FloatHistogram histogram) {
      return AppendResult.OK;
    }

    @Override
    public AppendResult appendExemplar(long ref, Exemplar exemplar) {
      return AppendResult.OK;
    }

    @Override
    public void updateMetadata(long ref, MetricMetadata metadata) {}

    @Override
    public void commit() {}

    @Override
    public void rollback() {}

    @Override
    public void close() {}
  }
}
