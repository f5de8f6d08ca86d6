package io.narthex.http.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A few buffers for what arrives on plain connections, outside of the heap. */
final class ReadBuffers {
  private static final int BYTES = 16 << 10;
  private static final int MAX_IDLE = 32;

  private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();

  ByteBuffer take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pollLast();
      }
    }
    return ByteBuffer.allocateDirect(BYTES);
  }

  void give(ByteBuffer buffer) {
    synchronized (idle) {
      if (idle.size() < MAX_IDLE) {
        idle.addLast(buffer);
      }
    }
  }
}
