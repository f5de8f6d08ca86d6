package io.narthex.web;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.RequestHandler;
import io.narthex.remote.write.RemoteWriteReceiver;
import io.narthex.remote.write.WriteOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/** `/api/v1/write`: reads the body, hands it to the receiver and tells the sender how it went. */
public final class RemoteWriteHandler implements RequestHandler {
  /** The receiver refuses what is longer; there is no need to read it. */
  private static final int MAX_BODY_BYTES = (32 << 20) + 1;

  private static final int KEPT_BUFFER_BYTES = 4 << 20;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final RemoteWriteReceiver receiver;
  private final ArrayBlockingQueue<byte[]> buffers =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors() + 2);

  public RemoteWriteHandler(RemoteWriteReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    byte[] buffer = buffers.poll();
    if (buffer == null) {
      buffer = new byte[FIRST_BUFFER_BYTES];
    }
    WriteOutcome outcome;
    try (InputStream in = exchange.body()) {
      int length = 0;
      for (int n; (n = in.read(buffer, length, buffer.length - length)) >= 0; ) {
        length += n;
        if (length == MAX_BODY_BYTES) {
          break;
        }
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, Math.min(MAX_BODY_BYTES, 2 * length));
        }
      }
      outcome =
          receiver.handle(
              exchange.header("Content-Type").orElse(""),
              exchange.header("Content-Encoding").orElse(""),
              buffer,
              length);
    }
    if (buffer.length <= KEPT_BUFFER_BYTES) {
      buffers.offer(buffer);
    }
    answer(exchange, outcome);
  }

  private static void answer(Exchange exchange, WriteOutcome outcome) throws IOException {
    if (outcome.version() == 2) {
      exchange.responseHeader(WriteOutcome.SAMPLES_HEADER, Integer.toString(outcome.samples()));
      exchange.responseHeader(
          WriteOutcome.HISTOGRAMS_HEADER, Integer.toString(outcome.histograms()));
      exchange.responseHeader(WriteOutcome.EXEMPLARS_HEADER, Integer.toString(outcome.exemplars()));
    }
    if (outcome.accepted()) {
      exchange.respondEmpty(outcome.status());
    } else {
      exchange.respondError(outcome.status(), outcome.message());
    }
  }
}
