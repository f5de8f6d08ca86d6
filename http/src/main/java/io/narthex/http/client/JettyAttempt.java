package io.narthex.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Receives one answer on the transport's threads, while the caller waits. */
final class JettyAttempt implements Attempt, Response.Listener {
  private final BodySink sink;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean answered;
  private volatile @Nullable Result result;
  private volatile @Nullable Throwable bodyFailure;

  JettyAttempt(BodySink sink) {
    this.sink = sink;
  }

  @Override
  public void onHeaders(Response response) {
    answered = true;
    sink.begin("gzip".equalsIgnoreCase(response.getHeaders().get(HttpHeader.CONTENT_ENCODING)));
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    if (bodyFailure != null) {
      content.position(content.limit());
      return;
    }
    try {
      sink.accept(content);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      bodyFailure = e;
      content.position(content.limit());
      var unused = response.abort(e);
    }
  }

  @Override
  public void onComplete(Result completed) {
    result = completed;
    done.countDown();
  }

  /** Waits for the end of the answer; false where it does not come in time. */
  boolean await(long nanos) throws InterruptedException {
    return done.await(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean answered() {
    return answered;
  }

  @Override
  public @Nullable Throwable failure() {
    if (bodyFailure != null) {
      return bodyFailure;
    }
    Result r = result;
    return r == null ? null : r.getFailure();
  }

  @Override
  public Head head() {
    Result r = result;
    if (r == null) {
      throw new IllegalStateException("BUG: no answer yet");
    }
    Response response = r.getResponse();
    String reason = response.getReason();
    return new Head(response.getStatus(), reason == null ? "" : reason, response.getHeaders());
  }
}
