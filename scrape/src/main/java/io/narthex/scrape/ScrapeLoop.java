package io.narthex.scrape;

import io.narthex.http.client.BodyBuffer;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportException.Kind;
import io.narthex.http.client.TransportResponse;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes one target at its interval, on a virtual thread of its own, until it is stopped.
 *
 * <p>Stopping lets a scrape that runs come to its end; cancelling, which is for shutdown, does not.
 * Follows scrapeLoop of Prometheus' scrape/scrape.go.
 */
final class ScrapeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeLoop.class);
  private static final int HTTP_OK = 200;

  private final PoolContext context;
  private final ScrapeMetrics metrics;
  private final Target target;
  private final TargetRequest request;
  private final Ticker ticker;
  private final CacheState state;
  private final ScrapeBatch batch;
  private final ReportSeries report;
  private final String intervalText;
  private final long intervalNanos;
  private final Duration timeout;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private final Object fetchLock = new Object();
  private boolean fetching;
  private volatile boolean stopping;
  private volatile boolean cancelled;
  private volatile boolean silentEnd;
  private volatile String forcedError = "";

  /** What a loop hands on to its successor where the configuration allows it. */
  record CacheState(ScrapeCache cache, MetadataCache metadata, ReportSeries report) {}

  /**
   * @param inherited the caches of an earlier loop of the same target, null to start afresh
   * @param offsetSeed differs from server to server, so that replicas scrape at different times
   */
  ScrapeLoop(PoolContext context, Target target, @Nullable CacheState inherited, long offsetSeed) {
    this.context = context;
    this.target = target;
    this.metrics = context.shared().metrics();
    TargetLabels.Timing timing = TargetLabels.timing(target, context.config());
    if (!timing.problem().isEmpty()) {
      forcedError = timing.problem();
    }
    this.intervalNanos = timing.interval().toNanos();
    this.intervalText = TargetLabels.goDuration(timing.interval());
    this.timeout = timing.timeout();
    this.request = new TargetRequest(context, target, timeout);
    SampleLabels labels =
        new SampleLabels(
            target.labels(), context.config().honorLabels(), context.metricRelabeler());
    this.state = inherited == null ? newState(labels) : inherited;
    this.report = state.report;
    this.batch =
        new ScrapeBatch(
            context,
            state.cache,
            state.metadata,
            labels,
            new AppendErrors(metrics, context.config().jobName(), target));
    this.ticker =
        new Ticker(
            intervalNanos,
            context.shared().options().timestampTolerance().toNanos(),
            target.hash() ^ offsetSeed);
    target.metadataSource(state.metadata);
    this.thread = Thread.ofVirtual().name("scrape " + target).unstarted(this::run);
  }

  private CacheState newState(SampleLabels labels) {
    PoolContext.Shared shared = context.shared();
    return new CacheState(
        new ScrapeCache(shared.keys()),
        new MetadataCache(shared.interner(), shared.keys()),
        new ReportSeries(
            labels, context.config().extraScrapeMetrics(), shared.options().appendMetadata()));
  }

  void start() {
    thread.start();
  }

  /** Asks the loop to end, but to finish a scrape that runs. */
  void requestStop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Waits until the last scrape is done; staleness markers may still be written later. */
  void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /**
   * Ends everything at once: a scrape that runs is thrown away, no marker is written. Interrupts
   * nothing but the wait for an answer, as an interrupt would close the storage's files.
   */
  void cancel() {
    cancelled = true;
    stopping = true;
    LockSupport.unpark(thread);
    synchronized (fetchLock) {
      if (fetching) {
        thread.interrupt();
      }
    }
  }

  /** Whether the loop has written all that it ever will. */
  boolean ended() {
    return !thread.isAlive();
  }

  /** Waits for the end after {@link #cancel}. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /** Keeps the loop from writing staleness markers after it has been stopped. */
  void endSilently() {
    silentEnd = true;
    LockSupport.unpark(thread);
  }

  /** Makes all scrapes fail with this error; empty for none. */
  void forceError(String error) {
    forcedError = error;
  }

  CacheState state() {
    return state;
  }

  private void run() {
    long lastStart = 0;
    try {
      if (!sleepUntil(System.nanoTime() + ticker.offsetNanos())) {
        return;
      }
      ticker.begin();
      while (!stopping) {
        lastStart = scrapeSafely(lastStart);
        if (!sleepUntil(ticker.nextNanos())) {
          return;
        }
      }
    } finally {
      stopped.countDown();
      if (!cancelled && lastStart != 0) {
        endOfRun();
      }
    }
  }

  /** Whether the time was slept through; not where the loop was stopped. */
  private boolean sleepUntil(long nanos) {
    while (!stopping) {
      long left = nanos - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  /** A bug or a broken storage costs this scrape and not the loop. */
  private long scrapeSafely(long lastStart) {
    long start = System.nanoTime();
    try {
      scrape(lastStart, start);
    } catch (StorageException e) {
      log("Scrape commit failed", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!cancelled) {
        LOG.atError()
            .addKeyValue("scrape_pool", context.config().jobName())
            .addKeyValue("target", target)
            .setCause(e)
            .log("Scrape failed unexpectedly; please report this");
      }
    }
    return start == 0 ? 1 : start;
  }

  private void scrape(long lastStart, long startNanos) {
    Instant start = Instant.now();
    long timestampMillis = ticker.scrapeMillis();
    if (lastStart != 0) {
      double seconds = (startNanos - lastStart) / 1e9;
      metrics.intervalLength.labels(intervalText).observe(seconds);
      metrics.intervalLengthHistogram.labels(intervalText).observe(seconds);
    }
    BodyBuffer body = new BodyBuffer(context.shared().bodies()::take);
    try {
      Fetched fetched = fetch(body);
      if (cancelled) {
        return;
      }
      store(body, fetched, timestampMillis, start, startNanos);
    } finally {
      if (body.capacity() > 0) {
        context.shared().bodies().give(body.bytes());
      }
    }
  }

  private record Fetched(String contentType, String error, boolean tooLarge) {}

  private Fetched fetch(BodyBuffer body) {
    String forced = forcedError;
    if (!forced.isEmpty()) {
      return new Fetched("", forced, false);
    }
    try {
      TransportResponse response = send(body);
      if (response.status() != HTTP_OK) {
        body.clear();
        return failed("server returned HTTP status " + response.statusLine(), false);
      }
      return new Fetched(response.contentType(), "", false);
    } catch (TransportException e) {
      body.clear();
      boolean tooLarge = e.kind() == Kind.BODY_LIMIT;
      if (tooLarge) {
        metrics.exceededBodySize.inc();
      }
      return failed(e.getMessage(), tooLarge);
    }
  }

  private TransportResponse send(BodyBuffer body) throws TransportException {
    synchronized (fetchLock) {
      if (cancelled) {
        throw new TransportException(Kind.CANCELLED, "context canceled");
      }
      fetching = true;
    }
    try {
      return context.transport().send(request.request(), body);
    } finally {
      synchronized (fetchLock) {
        fetching = false;
        boolean unused = Thread.interrupted();
      }
    }
  }

  private Fetched failed(String error, boolean tooLarge) {
    if (!cancelled) {
      LOG.atDebug()
          .addKeyValue("scrape_pool", context.config().jobName())
          .addKeyValue("target", target)
          .addKeyValue("err", error)
          .log("Scrape failed");
      context.failureLog().write(context.config().jobName(), target.url(), error);
    }
    return new Fetched("", error, tooLarge);
  }

  private void store(
      BodyBuffer body, Fetched fetched, long timestampMillis, Instant start, long startNanos) {
    Appender appender = context.shared().storage().appender();
    try {
      String error = fetched.error;
      String problem =
          batch.append(appender, body.bytes(), body.length(), fetched.contentType, timestampMillis);
      if (!problem.isEmpty()) {
        appender.rollback();
        appender.close();
        appender = context.shared().storage().appender();
        LOG.atDebug()
            .addKeyValue("scrape_pool", context.config().jobName())
            .addKeyValue("target", target)
            .addKeyValue("err", problem)
            .log("Append failed");
        batch.appendNothing(appender, timestampMillis);
        error = error.isEmpty() ? problem : error;
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
      target.report(error.isEmpty() ? TargetHealth.UP : TargetHealth.DOWN, error, start, duration);
      report.append(
          appender, timestampMillis, numbers(error.isEmpty(), duration, body, fetched.tooLarge));
      appender.commit();
      if (context.config().extraScrapeMetrics()) {
        metrics.scrapeDuration.observeSince(startNanos);
      }
    } finally {
      appender.close();
    }
  }

  private ReportSeries.Numbers numbers(
      boolean up, Duration duration, BodyBuffer body, boolean tooLarge) {
    return new ReportSeries.Numbers(
        up,
        duration.toNanos() / 1e9,
        batch.total(),
        batch.kept(),
        batch.seriesAdded(),
        timeout.toNanos() / 1e9,
        context.config().limits().samples(),
        tooLarge ? -1 : body.length());
  }

  /**
   * Marks all series as stale once it is sure that the target has not come back: two intervals and
   * a tenth later. Where it has, the markers are too old by then and refused.
   */
  private void endOfRun() {
    waitUntil(ticker.upcomingNanos());
    long staleMillis = System.currentTimeMillis();
    waitUntil(ticker.nextNanos());
    waitUntil(System.nanoTime() + intervalNanos / 10);
    if (cancelled || silentEnd) {
      return;
    }
    try (Appender appender = context.shared().storage().appender()) {
      batch.appendNothing(appender, staleMillis);
      report.appendStale(appender, staleMillis);
      appender.commit();
    } catch (StorageException e) {
      log("Stale commit failed", e.getMessage());
    }
  }

  private void waitUntil(long nanos) {
    long left;
    while (!cancelled && !silentEnd && (left = nanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  private void log(String message, @Nullable String error) {
    LOG.atError()
        .addKeyValue("scrape_pool", context.config().jobName())
        .addKeyValue("target", target)
        .addKeyValue("err", error)
        .log(message);
  }
}
