package io.narthex.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A connection without TLS that speaks HTTP/1.1 on the thread of its caller: a scrape is one write
 * and a few reads, and a hand-over to a selector's threads and back would cost more than all of
 * them. One request at a time; {@link #expire} may be called by any thread.
 */
final class PlainConnection implements HttpParser.ResponseHandler, AutoCloseable {
  /** Headers beyond this are an error; each one is an object until the answer is there. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final String MALFORMED =
      "net/http: HTTP/1.x transport connection broken: malformed HTTP response";

  private final RequestTarget target;
  private final HttpParser parser = new HttpParser(this, MAX_HEADER_BYTES);
  private volatile @Nullable SocketChannel channel;
  private volatile boolean expired;
  private @Nullable BodySink sink;
  private int status;
  private String reason = "";
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private HttpFields.Mutable headers = HttpFields.build();
  private boolean answered;
  private boolean complete;
  private boolean endsWithConnection;
  private @Nullable Throwable failure;

  /** When it was put aside, on the clock of {@code System.nanoTime}. */
  private long idleSince;

  PlainConnection(RequestTarget target) {
    this.target = target;
  }

  RequestTarget target() {
    return target;
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  /** Connects to the first of the addresses that answers. */
  private SocketChannel connect(List<InetAddress> addresses) throws IOException {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      if (expired) {
        opened.close();
      }
      try {
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.connect(new InetSocketAddress(address, target.port()));
        return opened;
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        opened.close();
        last = e;
      }
    }
    throw last;
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param addresses where to connect to, where that has not happened yet
   * @param head request line and headers
   * @param buffer for what is read
   */
  Attempt exchange(List<InetAddress> addresses, byte[] head, BodySink body, ByteBuffer buffer) {
    begin(body);
    try {
      SocketChannel open = channel;
      if (open == null) {
        open = connect(addresses);
      }
      ByteBuffer request = ByteBuffer.wrap(head);
      while (request.hasRemaining()) {
        open.write(request);
      }
      read(open, buffer);
    } catch (ClosedByInterruptException e) {
      fail(new InterruptedException());
    } catch (AssertionError e) {
      // Where assertions are on, the parser's refusal of endless headers of a good status is one.
      fail(new IOException(MALFORMED, e));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
    if (expired && !complete) {
      failure = new TimeoutException();
    }
    sink = null;
    return new Outcome(answered, failure, new Attempt.Head(status, reason, headers.asImmutable()));
  }

  private record Outcome(boolean answered, @Nullable Throwable failure, Head head)
      implements Attempt {}

  private void begin(BodySink body) {
    sink = body;
    expired = false;
    answered = false;
    complete = false;
    failure = null;
    startHead();
  }

  private void startHead() {
    parser.reset();
    headers = HttpFields.build();
    reason = "";
  }

  private void read(SocketChannel open, ByteBuffer buffer) throws IOException {
    while (!complete && failure == null) {
      buffer.clear();
      boolean end = open.read(buffer) < 0;
      buffer.flip();
      if (end) {
        endsWithConnection = true;
        parser.atEOF();
      }
      do {
        parser.parseNext(buffer);
      } while (buffer.hasRemaining() && !complete && failure == null);
      if (end && !complete) {
        fail(new EOFException());
      }
    }
    // An answer that goes on after its end leaves the connection in an unknown state.
    endsWithConnection |= buffer.hasRemaining();
  }

  private void fail(Throwable why) {
    if (failure == null) {
      failure = why;
    }
  }

  @Override
  public void startResponse(HttpVersion answeredIn, int code, String words) {
    version = answeredIn;
    status = code;
    reason = words == null ? "" : words;
  }

  @Override
  public void parsedHeader(HttpField field) {
    headers.add(field);
  }

  @Override
  public boolean headerComplete() {
    if (!interim()) {
      answered = true;
      sink.begin("gzip".equalsIgnoreCase(headers.get(HttpHeader.CONTENT_ENCODING)));
    }
    return false;
  }

  /** {@code 100 Continue} and the like, which the real answer follows. */
  private boolean interim() {
    return status / 100 == 1 && status != 101;
  }

  @Override
  public boolean content(ByteBuffer content) {
    try {
      sink.accept(content);
      return false;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(e);
      return true;
    }
  }

  @Override
  public boolean contentComplete() {
    return false;
  }

  @Override
  public boolean messageComplete() {
    if (interim()) {
      startHead();
      return false;
    }
    complete = true;
    return true;
  }

  @Override
  public void earlyEOF() {
    fail(new EOFException());
  }

  @Override
  public void badMessage(HttpException malformed) {
    fail((Throwable) malformed);
  }

  /** Whether another request may follow. */
  boolean reusable() {
    if (!complete || failure != null || endsWithConnection || expired) {
      return false;
    }
    return version == HttpVersion.HTTP_1_1
        ? !headers.contains(HttpHeader.CONNECTION, "close")
        : headers.contains(HttpHeader.CONNECTION, "keep-alive");
  }

  /** Ends the running request: its time is over. */
  void expire() {
    expired = true;
    close();
  }

  @Override
  public void close() {
    SocketChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nobody is interested in it any more.
      }
    }
  }
}
