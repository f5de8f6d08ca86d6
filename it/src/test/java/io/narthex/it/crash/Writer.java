package io.narthex.it.crash;

import io.narthex.it.process.Api;
import io.narthex.it.process.WriteRequest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends samples by remote write, one request after another, until it is stopped or the server is
 * gone.
 */
final class Writer implements AutoCloseable {
  private final Thread thread;
  private volatile boolean stopped;

  Writer(Api api, Oracle oracle, String name, int series) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  long last = System.currentTimeMillis();
                  while (!stopped) {
                    last = Math.max(last + 1, System.currentTimeMillis());
                    if (!send(api, oracle, name, series, last)) {
                      return;
                    }
                  }
                });
  }

  private static boolean send(Api api, Oracle oracle, String name, int series, long time) {
    WriteRequest request = new WriteRequest();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      String id = name + "-" + i;
      names.add(id);
      oracle.sent(id, time);
      request.add(time, time, "__name__", "oracle", "series", id);
    }
    try {
      int status = api.post("/api/v1/write", request.body(), WriteRequest.headers()).statusCode();
      if (status == 204) {
        names.forEach(id -> oracle.acknowledged(id, time));
      } else if (status < 500) {
        throw new AssertionError("remote write was refused with status " + status);
      }
      return true;
    } catch (UncheckedIOException e) {
      return false;
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
