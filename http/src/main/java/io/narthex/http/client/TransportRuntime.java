package io.narthex.http.client;

/**
 * Threads, timers and buffers that all transports of a process share, so that one transport per
 * scrape pool costs little. Close it after the last transport.
 */
public final class TransportRuntime implements AutoCloseable {
  @Override
  public void close() {}
}
