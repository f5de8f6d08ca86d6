package io.narthex.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The plain connections of one transport; those not in use are kept for five minutes, as in Go. */
final class PlainConnections implements AutoCloseable {
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long SWEEP_MINUTES = 1;
  private static final int MAX_IDLE_PER_TARGET = 8;

  private final TransportRuntime runtime;
  private final Map<RequestTarget, ArrayDeque<PlainConnection>> idle = new HashMap<>();
  private Scheduler.Task sweeper = () -> true;
  private boolean sweeping;
  private boolean closed;

  PlainConnections(TransportRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Sends a request and reads its answer, on this thread.
   *
   * @param head request line and headers
   * @param leftNanos how long all of it may take
   */
  Attempt exchange(RequestTarget target, byte[] head, BodySink sink, long leftNanos)
      throws InterruptedException, TimeoutException, UnknownHostException {
    PlainConnection connection = takeIdle(target);
    List<InetAddress> addresses = List.of();
    long start = System.nanoTime();
    if (connection == null) {
      addresses = resolve(target.host(), leftNanos);
      connection = new PlainConnection(target);
    }
    long left = Math.max(1, leftNanos - (System.nanoTime() - start));
    Scheduler.Task deadline =
        runtime.scheduler().schedule(connection::expire, left, TimeUnit.NANOSECONDS);
    ByteBuffer buffer = runtime.readBuffers().take();
    Attempt attempt;
    try {
      attempt = connection.exchange(addresses, head, sink, buffer);
    } finally {
      runtime.readBuffers().give(buffer);
    }
    boolean inTime = deadline.cancel();
    if (!inTime || !connection.reusable() || !keep(connection)) {
      connection.close();
    }
    if (attempt.failure() instanceof InterruptedException e) {
      throw e;
    }
    return attempt;
  }

  private synchronized @Nullable PlainConnection takeIdle(RequestTarget target) {
    ArrayDeque<PlainConnection> mine = idle.get(target);
    return mine == null ? null : mine.pollLast();
  }

  private synchronized boolean keep(PlainConnection connection) {
    ArrayDeque<PlainConnection> mine =
        idle.computeIfAbsent(connection.target(), target -> new ArrayDeque<>(1));
    if (closed || mine.size() == MAX_IDLE_PER_TARGET) {
      return false;
    }
    connection.idleSince(System.nanoTime());
    mine.addLast(connection);
    if (!sweeping) {
      sweeping = true;
      scheduleSweep();
    }
    return true;
  }

  private void scheduleSweep() {
    sweeper = runtime.scheduler().schedule(this::sweep, SWEEP_MINUTES, TimeUnit.MINUTES);
  }

  /** Closes what has not been used for long. */
  private synchronized void sweep() {
    long now = System.nanoTime();
    Iterator<ArrayDeque<PlainConnection>> targets = idle.values().iterator();
    while (targets.hasNext()) {
      ArrayDeque<PlainConnection> mine = targets.next();
      while (!mine.isEmpty() && now - mine.peekFirst().idleSince() > IDLE_NANOS) {
        mine.pollFirst().close();
      }
      if (mine.isEmpty()) {
        targets.remove();
      }
    }
    sweeping = !idle.isEmpty() && !closed;
    if (sweeping) {
      scheduleSweep();
    }
  }

  /** Looks a name up on a thread of its own, for the system's resolver cannot be hurried. */
  private static List<InetAddress> resolve(String host, long leftNanos)
      throws InterruptedException, TimeoutException, UnknownHostException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      // It is a name.
    }
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread.ofVirtual().name("resolve " + host).start(lookup);
    try {
      return List.of(lookup.get(leftNanos, TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException("cannot look up " + host, e.getCause());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    boolean unused = sweeper.cancel();
    idle.values().forEach(mine -> mine.forEach(PlainConnection::close));
    idle.clear();
  }
}
