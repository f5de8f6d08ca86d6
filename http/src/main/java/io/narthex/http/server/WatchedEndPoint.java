package io.narthex.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether the client has gone while its request is being answered.
 * Jetty does not read at that time, so this reads a little ahead; should it find bytes of a next
 * request, Jetty gets them first when it reads again.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int PEEK_BYTES = 64;

  private final Object readLock = new Object();
  private ByteBuffer peeked = BufferUtil.EMPTY_BUFFER;
  private boolean ended;

  WatchedEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /**
   * Whether the client closed its side. Only to be called when the request has been read
   * completely.
   */
  boolean isClientGone() {
    synchronized (readLock) {
      if (ended || peeked.hasRemaining()) {
        return ended;
      }
      ByteBuffer ahead = ByteBuffer.allocate(PEEK_BYTES);
      try {
        ended = getChannel().read(ahead) < 0;
      } catch (IOException e) {
        ended = true;
      }
      peeked = ahead.flip();
      return ended;
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (readLock) {
      if (peeked.hasRemaining()) {
        notIdle();
        int position = BufferUtil.flipToFill(buffer);
        int moved = BufferUtil.put(peeked, buffer);
        BufferUtil.flipToFlush(buffer, position);
        return moved;
      }
      return super.fill(buffer);
    }
  }

  @Override
  public void fillInterested(Callback callback) {
    super.fillInterested(callback);
    wakeIfAhead();
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    boolean interested = super.tryFillInterested(callback);
    wakeIfAhead();
    return interested;
  }

  /** The selector knows nothing of bytes that were read ahead. */
  private void wakeIfAhead() {
    boolean ahead;
    synchronized (readLock) {
      ahead = peeked.hasRemaining();
    }
    if (ahead) {
      getFillInterest().fillable();
    }
  }
}
