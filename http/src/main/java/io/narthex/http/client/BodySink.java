package io.narthex.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * Where the body of one answer goes. Fed by the transport's threads; the caller's buffer is let go
 * the moment that the caller stops waiting, whatever still arrives.
 */
final class BodySink {
  private static final int SMALLEST_GROWTH = 16 << 10;

  private final BodyBudget budget;
  private final InflaterPool inflaters;
  private final BodyBuffer body;
  private final long limit;
  private long reserved;
  private GzipInflater inflater;
  private boolean open = true;

  BodySink(BodyBuffer body, long limit, BodyBudget budget, InflaterPool inflaters) {
    this.body = body;
    this.limit = limit > 0 ? Math.min(limit, budget.largestBody()) : budget.largestBody();
    this.budget = budget;
    this.inflaters = inflaters;
    body.clear();
  }

  /** Starts a body, perhaps not the first: a redirect has one, too. */
  synchronized void begin(boolean gzip) {
    if (open) {
      body.clear();
      releaseInflater();
      if (gzip) {
        inflater = inflaters.take();
      }
    }
  }

  synchronized void accept(ByteBuffer piece) throws IOException {
    if (!open) {
      return;
    }
    if (inflater != null) {
      try {
        inflater.accept(piece, this);
      } catch (DataFormatException e) {
        throw new IOException(e.getMessage(), e);
      }
      return;
    }
    int count = piece.remaining();
    growFor(count);
    piece.get(body.bytes(), body.length(), count);
    wrote(count);
  }

  /** The buffer, with room for some more bytes. */
  BodyBuffer room() throws BodyLimitException {
    if (body.capacity() - body.length() <= SMALLEST_GROWTH / 4) {
      growFor(SMALLEST_GROWTH);
    }
    return body;
  }

  void wrote(int count) throws BodyLimitException {
    body.advance(count);
    if (body.length() >= limit) {
      throw new BodyLimitException();
    }
  }

  private void growFor(int count) throws BodyLimitException {
    int before = body.capacity();
    if ((long) body.length() + count >= limit + SMALLEST_GROWTH) {
      throw new BodyLimitException();
    }
    if (before - body.length() <= count) {
      long more = Math.max(before, count);
      if (!budget.reserve(more)) {
        throw new BodyLimitException();
      }
      reserved += more;
      body.reserve(count);
    }
  }

  /** Whether the body is whole, as far as its encoding tells. */
  synchronized boolean complete() {
    return inflater == null || inflater.complete();
  }

  /** Lets the caller's buffer go. */
  synchronized void close() {
    open = false;
    budget.release(reserved);
    reserved = 0;
    releaseInflater();
  }

  private void releaseInflater() {
    if (inflater != null) {
      inflaters.give(inflater);
      inflater = null;
    }
  }
}
