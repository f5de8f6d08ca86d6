package io.narthex.http.client;

import java.util.ArrayDeque;

/** A few idle inflaters for the next bodies. */
final class InflaterPool implements AutoCloseable {
  private static final int MAX_IDLE = 32;

  private final ArrayDeque<GzipInflater> idle = new ArrayDeque<>();
  private boolean closed;

  synchronized GzipInflater take() {
    GzipInflater inflater = idle.isEmpty() ? new GzipInflater() : idle.pop();
    inflater.reset();
    return inflater;
  }

  synchronized void give(GzipInflater inflater) {
    if (closed || idle.size() >= MAX_IDLE) {
      inflater.close();
    } else {
      idle.push(inflater);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(GzipInflater::close);
    idle.clear();
  }
}
