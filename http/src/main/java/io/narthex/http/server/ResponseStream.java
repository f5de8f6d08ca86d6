package io.narthex.http.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/**
 * The body of a response. What is written goes to the connection at once, so callers write large
 * pieces. A body that is handed over whole by {@link #finish} gets a Content-Length; others are
 * chunked.
 */
public final class ResponseStream extends OutputStream {
  /** How a body may be compressed. */
  enum Coding {
    NONE,
    GZIP,
    DEFLATE;

    /**
     * The first coding of an `Accept-Encoding` header that we know; weights are not looked at, as
     * upstream.
     */
    static Coding accepted(String acceptEncoding) {
      for (String offer : acceptEncoding.split(",", -1)) {
        switch (offer.strip()) {
          case "gzip" -> {
            return GZIP;
          }
          case "deflate" -> {
            return DEFLATE;
          }
          default -> {}
        }
      }
      return NONE;
    }
  }

  /** Below this size compression costs more than it saves. */
  private static final int MIN_COMPRESSED_BYTES = 1024;

  private static final int COMPRESSED_PIECE_BYTES = 32 * 1024;

  private final Response response;
  private final Coding coding;
  private OutputStream compressor = OutputStream.nullOutputStream();
  private boolean compressing;
  private boolean started;
  private boolean finished;
  private long bytesSent;

  ResponseStream(Response response, Coding coding) {
    this.response = response;
    this.coding = coding;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    if (!started) {
      start();
    }
    if (compressing) {
      compressor.write(bytes, offset, length);
    } else {
      send(false, bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (compressing) {
      compressor.flush();
    }
  }

  /**
   * Sends status and headers now, before the first byte of the body; the body will not be
   * compressed.
   */
  public void commit() throws IOException {
    started = true;
    send(false, new byte[0], 0, 0);
  }

  /** Writes the last piece and ends the body. */
  public void finish(byte[] bytes, int offset, int length) throws IOException {
    if (finished) {
      throw new IllegalStateException("BUG: response is finished already");
    }
    if (!started && length >= MIN_COMPRESSED_BYTES) {
      start();
    }
    started = true;
    finished = true;
    if (compressing) {
      compressor.write(bytes, offset, length);
      compressor.close();
      send(true, bytes, 0, 0);
    } else {
      send(true, bytes, offset, length);
    }
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      finish(new byte[0], 0, 0);
    }
  }

  long bytesSent() {
    return bytesSent;
  }

  private void start() throws IOException {
    started = true;
    if (coding != Coding.NONE) {
      compressing = true;
      response
          .getHeaders()
          .put(HttpHeader.CONTENT_ENCODING, coding == Coding.GZIP ? "gzip" : "deflate");
      compressor = newCompressor();
    }
  }

  private OutputStream newCompressor() throws IOException {
    OutputStream sink = new Sink();
    return switch (coding) {
      case GZIP -> new FastGzip(sink);
      case DEFLATE ->
          new DeflaterOutputStream(sink, new Deflater(Deflater.BEST_SPEED), COMPRESSED_PIECE_BYTES);
      case NONE -> throw new IllegalStateException("BUG: nothing to compress with");
    };
  }

  private void send(boolean last, byte[] bytes, int offset, int length) throws IOException {
    bytesSent += length;
    Content.Sink.write(response, last, ByteBuffer.wrap(bytes, offset, length));
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, COMPRESSED_PIECE_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private final class Sink extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      send(false, new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        send(false, bytes, offset, length);
      }
    }
  }
}
