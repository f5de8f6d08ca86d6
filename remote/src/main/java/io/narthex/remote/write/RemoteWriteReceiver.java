package io.narthex.remote.write;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.narthex.client.Counter;
import io.narthex.client.MetricRegistry;
import io.narthex.remote.codec.WireException;
import io.narthex.storage.Appendable;
import io.narthex.storage.StorageException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes remote-write requests, protocols 1.0 and 2.0, to a storage. Safe for several threads.
 *
 * <p>A request of protocol 1.0 is stored as a whole or, where a sample is refused, not at all;
 * series with invalid labels are left out silently. One of protocol 2.0 is stored but for what is
 * refused.
 */
public final class RemoteWriteReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteReceiver.class);
  private static final int MAX_SIZE = 32 * 1024 * 1024;
  private static final int KEPT_BUFFER = 4 * 1024 * 1024;
  private static final int CACHED_SERIES = 2_000_000;

  private final Appendable storage;
  private final boolean keepsMetadata;
  private final InstantSource clock;
  private final boolean startTimestamps;
  private final SeriesRefCache cache = new SeriesRefCache(CACHED_SERIES);
  private final long[] hashKeys = LabelHash.randomKeys();
  private final ArrayBlockingQueue<Session> idle =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors() + 2);
  private final Counter invalidLabels;

  /** What one request needs, kept for the next. */
  private static final class Session {
    final SnappyDecompressor snappy = SnappyDecompressor.create();
    final HistogramDecoder histogram = new HistogramDecoder();
    final SeriesResolver series;
    byte[] buffer = new byte[64 * 1024];

    Session(SeriesResolver series) {
      this.series = series;
    }
  }

  /**
   * @param startTimestamps whether the storage is told since when samples count
   * @param keepsMetadata whether metadata is handed to the storage
   */
  public RemoteWriteReceiver(
      Appendable storage, MetricRegistry registry, boolean startTimestamps, boolean keepsMetadata) {
    this(storage, registry, startTimestamps, keepsMetadata, InstantSource.system());
  }

  RemoteWriteReceiver(
      Appendable storage,
      MetricRegistry registry,
      boolean startTimestamps,
      boolean keepsMetadata,
      InstantSource clock) {
    this.startTimestamps = startTimestamps;
    this.keepsMetadata = keepsMetadata;
    this.storage = storage;
    this.clock = clock;
    invalidLabels =
        registry.counter(
            "prometheus_api_remote_write_invalid_labels_samples_total",
            "The total number of received remote write samples and histogram samples which were"
                + " rejected due to invalid labels.");
    // Metadata comes after samples of its series, which the storage knows then: none is refused.
    registry.counter(
        "prometheus_api_remote_write_without_metadata_appended_samples_total",
        "The total number of received remote write samples (and histogram samples) which were"
            + " ingested without corresponding metadata.");
  }

  /**
   * Handles the body of a POST request.
   *
   * @param contentType as in the header, empty where there is none
   * @param contentEncoding as in the header, empty where there is none
   * @param body snappy in block format; not kept
   */
  public WriteOutcome handle(String contentType, String contentEncoding, byte[] body, int length) {
    if (!contentEncoding.isEmpty() && !contentEncoding.equals("snappy")) {
      return WriteOutcome.refused(
          415,
          contentEncoding
              + " encoding (compression) is not accepted by this server; only snappy is"
              + " acceptable");
    }
    if (length > MAX_SIZE) {
      return WriteOutcome.refused(413, "request body exceeds the " + MAX_SIZE + " bytes limit");
    }
    Session pooled = idle.poll();
    Session session = pooled != null ? pooled : newSession();
    try {
      return decompressAndStore(session, contentType, body, length);
    } finally {
      if (session.buffer.length <= KEPT_BUFFER && !idle.offer(session)) {
        LOG.trace("more requests at once than sessions are kept");
      }
    }
  }

  private Session newSession() {
    return new Session(new SeriesResolver(cache, new LabelHash(hashKeys)));
  }

  private WriteOutcome decompressAndStore(
      Session session, String contentType, byte[] body, int length) {
    int size;
    try {
      size = decompress(session, body, length);
    } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return WriteOutcome.refused(400, "snappy: corrupt input");
    }
    if (size < 0) {
      return WriteOutcome.refused(400, "decoded size exceeds the " + MAX_SIZE + " bytes limit");
    }
    WriteMessage message;
    try {
      message = WriteMessage.ofContentType(contentType);
    } catch (IllegalArgumentException e) {
      LOG.error("Error decoding remote write request err={}", e.getMessage());
      return WriteOutcome.refused(415, e.getMessage());
    }
    return store(session, message, size);
  }

  /** The size after decompression, -1 where it is too large. */
  private static int decompress(Session session, byte[] body, int length) {
    int size = session.snappy.getUncompressedLength(body, 0);
    if (size < 0 || size > MAX_SIZE) {
      return -1;
    }
    if (session.buffer.length < size) {
      session.buffer = new byte[Math.min(MAX_SIZE, size + size / 4)];
    }
    return session.snappy.decompress(body, 0, length, session.buffer, 0, session.buffer.length);
  }

  private WriteOutcome store(Session session, WriteMessage message, int size) {
    long now = clock.millis();
    try {
      if (message == WriteMessage.V1) {
        V1Request request =
            new V1Request(session.series, session.histogram, storage.appender(), now);
        WriteOutcome outcome = request.store(session.buffer, size);
        invalidLabels.add(request.seriesWithInvalidLabels());
        return outcome;
      }
      V2Request request =
          new V2Request(
              session.series,
              session.histogram,
              storage.appender(),
              startTimestamps,
              keepsMetadata,
              now);
      WriteOutcome outcome = request.store(session.buffer, size);
      invalidLabels.add(request.samplesWithInvalidLabels());
      return outcome;
    } catch (WireException e) {
      LOG.error("Error decoding {} remote write request err={}", message.text(), e.getMessage());
      return WriteOutcome.refused(400, e.getMessage());
    } catch (StorageException e) {
      LOG.error("Error while storing the remote write request err={}", e.getMessage());
      return WriteOutcome.refused(500, String.valueOf(e.getMessage()));
    }
  }
}
