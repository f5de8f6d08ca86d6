package io.narthex.http.server;

import java.io.IOException;

/** Answers requests. Has a thread of its own and may block. */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Reads the request and writes the response; a handler that writes nothing answers 200 without a
   * body.
   *
   * @throws RequestException to answer with an error
   * @throws IOException where the connection fails
   */
  void handle(Exchange exchange) throws IOException;
}
