package io.narthex.it.crash;

import io.narthex.it.process.Api;
import io.narthex.it.process.Await;
import io.narthex.it.process.WriteRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends samples of its series by remote write, one request after another, and deletes some of them
 * now and then. A request that was not answered is sent again, to the next server too.
 */
final class Sender {
  /** Which times the samples have. */
  enum Order {
    /** Now, always later than before. */
    ASCENDING,
    /** Now, by series that come and go. */
    CHURNING,
    /** Some time within the window. */
    LATE,
    /** A little before now. */
    JUST_LATE
  }

  static final String METRIC = "oracle";

  /** The window for samples out of order of the servers' configuration. */
  static final int WINDOW_MILLIS = 25_000;

  /** Younger than the window, with room for a slow start. */
  private static final int LATE_MILLIS = 15_000;

  /** The newest sample of all may be as much newer than now. */
  private static final int AHEAD_MILLIS = 1_000;

  private static final int JUST_LATE_MILLIS = 700;
  private static final int SERIES = 5;

  private final Oracle oracle;
  private final String name;
  private final Sent kind;
  private final Order order;
  private final boolean second;
  private final boolean deletes;
  private final Random random;
  private final Set<Long> times = new HashSet<>();
  private Optional<Batch> pending = Optional.empty();
  private long last;
  private int sends;
  private long judgedMillis = Long.MAX_VALUE;
  private volatile boolean deleting;
  private final AtomicLong acknowledged = new AtomicLong();

  private record Batch(long time, List<String> ids, List<String> values, WriteRequest request) {}

  /**
   * @param second whether it speaks version 2.0 of the protocol
   * @param deletes whether it deletes some of its samples again
   */
  Sender(Oracle oracle, Sent kind, Order order, boolean second, boolean deletes, long seed) {
    this.oracle = oracle;
    this.name = (kind + "-" + order + (second ? "-2" : "-1")).toLowerCase(Locale.ROOT);
    this.kind = kind;
    this.order = order;
    this.second = second;
    this.deletes = deletes;
    this.random = new Random(seed);
  }

  /** Whether a deletion is under way. */
  boolean isDeleting() {
    return deleting;
  }

  /** How many samples were acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Judges no answer to a request that is older than so many milliseconds by then. */
  void judgeWithin(long millis) {
    judgedMillis = millis;
  }

  /** Does not send again what was not answered. */
  void forgetPending() {
    pending = Optional.empty();
  }

  /** Sends until it is closed. */
  final class Run implements AutoCloseable {
    private final Thread thread;
    private volatile boolean stopped;

    Run(Api api) {
      thread = Thread.ofVirtual().start(() -> run(api));
    }

    private void run(Api api) {
      while (!stopped) {
        try {
          if (deletes && pending.isEmpty() && last > 0 && random.nextInt(40) == 0) {
            delete(api);
          } else {
            send(api);
          }
        } catch (UncheckedIOException e) {
          pending.filter(Sender.this::isUnjudged).ifPresent(Sender.this::unjudge);
          // Not there yet; else it is gone, or so slow that it would do this after what follows.
          if (!isUnsent(e.getCause())) {
            stopped = true;
          }
        }
        Await.sleep(5 + random.nextInt(20));
      }
    }

    @Override
    public void close() {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void send(Api api) {
    if (pending.isPresent() && isTooOld(pending.get())) {
      pending = Optional.empty();
    }
    Batch batch = pending.orElseGet(this::next);
    pending = Optional.of(batch);
    for (int i = 0; i < batch.ids.size(); i++) {
      oracle.sent(batch.ids.get(i), batch.time, batch.values.get(i));
    }
    HttpResponse<String> answer =
        api.post("/api/v1/write", batch.request.body(), batch.request.ownHeaders());
    if (answer.statusCode() < 500 && isUnjudged(batch)) {
      unjudge(batch);
      pending = Optional.empty();
    } else if (answer.statusCode() == 204) {
      batch.ids.forEach(id -> oracle.acknowledged(id, batch.time));
      acknowledged.addAndGet(batch.ids.size());
      pending = Optional.empty();
    } else if (answer.statusCode() < 500) {
      // On a slow machine a request may be on its way for as long as the window.
      if (batch.time > System.currentTimeMillis() + AHEAD_MILLIS - WINDOW_MILLIS) {
        oracle.fault(name + " at " + batch.time + " was refused: " + answer.body());
      }
      pending = Optional.empty();
    }
  }

  private boolean isUnjudged(Batch batch) {
    return System.currentTimeMillis() - batch.time > judgedMillis;
  }

  private void unjudge(Batch batch) {
    batch.ids.forEach(id -> oracle.unjudged(id, batch.time));
  }

  private static boolean isUnsent(IOException cause) {
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
  }

  private static boolean isTooOld(Batch batch) {
    return batch.time < System.currentTimeMillis() - LATE_MILLIS;
  }

  private Batch next() {
    long now = System.currentTimeMillis();
    last = Math.max(last + 1, now);
    long time =
        switch (order) {
          case ASCENDING, CHURNING -> last;
          case LATE -> now - random.nextInt(LATE_MILLIS);
          case JUST_LATE -> now - random.nextInt(JUST_LATE_MILLIS);
        };
    while (!times.add(time)) {
      time--;
    }
    WriteRequest request = second ? WriteRequest.second() : new WriteRequest();
    String generation = order == Order.CHURNING ? "-" + sends++ / 20 : "";
    List<String> ids = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      String label = name + generation + "-" + i;
      ids.add(METRIC + "/" + label);
      values.add(kind.add(request, time, "__name__", METRIC, "series", label));
    }
    return new Batch(time, ids, values, request);
  }

  /** Deletes a range of the last seconds of one series or of all. */
  private void delete(Api api) {
    boolean all = random.nextBoolean();
    String prefix = METRIC + "/" + name;
    String suffix = all ? "" : "-" + random.nextInt(SERIES);
    String matcher = METRIC + "{series=~\"" + name + ".*" + suffix + "\"}";
    long from = last - random.nextInt(LATE_MILLIS);
    long to = from + random.nextInt(1500);
    String query = "?match[]=" + Api.encode(matcher) + "&start=" + from / 1e3 + "&end=" + to / 1e3;
    deleting = true;
    try {
      oracle.deletion(id -> isMine(id, prefix, suffix), from, to, false);
      int status = api.post("/api/v1/admin/tsdb/delete_series" + query, "").statusCode();
      if (status == 204) {
        oracle.deletion(id -> isMine(id, prefix, suffix), from, to, true);
      } else if (status != 503) {
        oracle.fault("deletion of " + matcher + " was refused with status " + status);
      }
    } finally {
      deleting = false;
    }
  }

  private static boolean isMine(String id, String prefix, String suffix) {
    return id.startsWith(prefix + "-") && id.endsWith(suffix);
  }
}
