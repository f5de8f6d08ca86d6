package io.narthex.http.client;

import java.io.IOException;

/** A body grew beyond what is allowed. */
final class BodyLimitException extends IOException {
  BodyLimitException() {
    super("body size limit exceeded");
  }
}
