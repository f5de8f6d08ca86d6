package io.narthex.http.client;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** One request, sent once, and what came of it. */
interface Attempt {
  /** Status line and headers of an answer. */
  record Head(int status, String reason, HttpFields headers) {}

  /** Whether status and headers have come. */
  boolean answered();

  /** Why there is no whole answer; null where there is one. */
  @Nullable Throwable failure();

  /** What was answered; only where there is no failure. */
  Head head();
}
