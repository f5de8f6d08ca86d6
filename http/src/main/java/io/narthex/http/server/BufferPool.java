package io.narthex.http.server;

import java.util.concurrent.ArrayBlockingQueue;

/** Buffers that responses are written through, kept for the next response. */
final class BufferPool {
  static final int BUFFER_SIZE = 64 * 1024;

  private final ArrayBlockingQueue<byte[]> free;

  BufferPool(int kept) {
    free = new ArrayBlockingQueue<>(kept);
  }

  byte[] take() {
    byte[] buffer = free.poll();
    return buffer != null ? buffer : new byte[BUFFER_SIZE];
  }

  /** Gives a buffer back; where enough are kept already, it is left to the garbage collector. */
  void give(byte[] buffer) {
    free.offer(buffer);
  }
}
