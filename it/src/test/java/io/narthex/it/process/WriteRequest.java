package io.narthex.it.process;

import io.airlift.compress.v3.snappy.SnappyCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds a remote-write request as a sender would: protobuf, then snappy. Written apart from the
 * server's reader.
 */
public final class WriteRequest {
  private final Protobuf message = new Protobuf();
  private final boolean second;

  /** Of version 2.0: each string once. The first must be the empty one. */
  private final Map<String, Integer> symbols = new LinkedHashMap<>(Map.of("", 0));

  /** Of version 1.0. */
  public WriteRequest() {
    this(false);
  }

  private WriteRequest(boolean second) {
    this.second = second;
  }

  /** Of version 2.0. */
  public static WriteRequest second() {
    return new WriteRequest(true);
  }

  /** Adds a series with one sample; labels are alternating names and values, sorted by name. */
  public WriteRequest add(long timestampMillis, double value, String... labels) {
    Protobuf series = series(labels);
    series.message(2, new Protobuf().fixed(1, value).varint(2, timestampMillis));
    return add(series);
  }

  /** Adds a series with one histogram. */
  public WriteRequest add(long timestampMillis, SentHistogram histogram, String... labels) {
    Protobuf series = series(labels);
    series.message(second ? 3 : 4, histogram.message(timestampMillis));
    return add(series);
  }

  /** Adds a series with one sample and an exemplar of the same time and value. */
  public WriteRequest addWithExemplar(
      long timestampMillis, double value, String traceId, String... labels) {
    Protobuf series = series(labels);
    series.message(2, new Protobuf().fixed(1, value).varint(2, timestampMillis));
    Protobuf exemplar = labels("trace_id", traceId);
    exemplar.fixed(2, value).varint(3, timestampMillis);
    series.message(second ? 4 : 3, exemplar);
    return add(series);
  }

  private WriteRequest add(Protobuf series) {
    message.message(second ? 5 : 1, series);
    return this;
  }

  private Protobuf series(String... labels) {
    return labels(labels);
  }

  private Protobuf labels(String... labels) {
    Protobuf out = new Protobuf();
    if (second) {
      Protobuf refs = new Protobuf();
      for (String label : labels) {
        refs.raw(symbols.computeIfAbsent(label, text -> symbols.size()));
      }
      return out.message(1, refs);
    }
    for (int i = 0; i < labels.length; i += 2) {
      out.message(1, new Protobuf().text(1, labels[i]).text(2, labels[i + 1]));
    }
    return out;
  }

  /** The compressed body. */
  public byte[] body() {
    Protobuf whole = new Protobuf();
    if (second) {
      symbols.keySet().forEach(symbol -> whole.text(4, symbol));
    }
    byte[] head = whole.bytes();
    byte[] rest = message.bytes();
    byte[] plain = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, plain, head.length, rest.length);
    SnappyCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }

  /** The headers that a 1.0 sender sets. */
  public static String[] headers() {
    return headers(false);
  }

  /** The headers that a sender of this request's version sets. */
  public String[] ownHeaders() {
    return headers(second);
  }

  private static String[] headers(boolean second) {
    return new String[] {
      "Content-Type",
      second
          ? "application/x-protobuf;proto=io.prometheus.write.v2.Request"
          : "application/x-protobuf",
      "Content-Encoding",
      "snappy",
      "X-Prometheus-Remote-Write-Version",
      second ? "2.0.0" : "0.1.0"
    };
  }
}
