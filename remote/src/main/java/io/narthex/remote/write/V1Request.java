package io.narthex.remote.write;

import io.narthex.model.value.Exemplar;
import io.narthex.remote.codec.WireReader;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one request of protocol 1.0: {@code prometheus.WriteRequest}.
 *
 * <p>A series message nearly always has its labels first. They are then one range of bytes that is
 * hashed as it is; where labels come later, their bytes are gathered first.
 */
final class V1Request {
  private static final Logger LOG = LoggerFactory.getLogger(V1Request.class);
  private static final int TIME_SERIES = 1 << 3 | WireReader.BYTES;
  private static final int LABEL = SeriesResolver.labelTag();
  private static final int SAMPLE = 2 << 3 | WireReader.BYTES;
  private static final int EXEMPLAR = 3 << 3 | WireReader.BYTES;
  private static final int HISTOGRAM = 4 << 3 | WireReader.BYTES;
  private static final int VALUE = 1 << 3 | WireReader.FIXED64;
  private static final int TIMESTAMP = 2 << 3 | WireReader.VARINT;

  private final SeriesResolver series;
  private final Appender appender;
  private final SampleAppender samples;
  private final WireReader reader = new WireReader();
  private final HistogramDecoder histogram;
  private byte[] data = {};

  /** The tags behind the labels of the series at hand, modulo 64, as bits. */
  private long kinds;

  private int sampleCount;
  private int histogramCount;
  private int exemplarCount;
  private int outOfOrderExemplars;
  private int invalidSeries;
  private String refusal = "";

  /**
   * @param histogram reads one at a time; free for other requests afterwards
   */
  V1Request(SeriesResolver series, HistogramDecoder histogram, Appender appender, long nowMillis) {
    this.series = series;
    this.histogram = histogram;
    this.appender = appender;
    this.samples = new SampleAppender(series, appender, nowMillis);
  }

  int seriesWithInvalidLabels() {
    return invalidSeries;
  }

  WriteOutcome store(byte[] bytes, int size) {
    data = bytes;
    try (appender) {
      // Upstream decodes all before it stores any, so a message broken at its end stores nothing.
      reader.reset(bytes, 0, size);
      while (reader.hasMore() && refusal.isEmpty()) {
        int tag = reader.tag();
        if (tag == TIME_SERIES) {
          int outer = reader.enter();
          timeSeries();
          reader.leave(outer);
        } else {
          reader.skip(tag);
        }
      }
      if (!refusal.isEmpty()) {
        appender.rollback();
        return WriteOutcome.refused(400, refusal);
      }
      appender.commit();
    }
    report();
    return new WriteOutcome(204, "", 1, sampleCount, histogramCount, exemplarCount);
  }

  private void report() {
    if (outOfOrderExemplars > 0) {
      LOG.warn("Error on ingesting out-of-order exemplars num_dropped={}", outOfOrderExemplars);
    }
  }

  private void timeSeries() {
    int start = reader.position();
    int labelsEnd = start;
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag != LABEL) {
        break;
      }
      reader.skip(tag);
      labelsEnd = reader.position();
    }
    reader.position(labelsEnd);
    boolean valid =
        hasLaterLabels() ? selectGathered(start) : series.select(data, start, labelsEnd);
    if (!valid) {
      invalidSeries++;
      LOG.warn("Invalid metric names or labels got={}", series.labels());
      return;
    }
    appendFields(SAMPLE, labelsEnd);
    appendFields(HISTOGRAM, labelsEnd);
    appendFields(EXEMPLAR, labelsEnd);
  }

  /** Whether labels stand behind other fields; notes as well which other fields there are. */
  private boolean hasLaterLabels() {
    boolean later = false;
    kinds = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      kinds |= 1L << tag;
      later |= tag == LABEL;
      reader.skip(tag);
    }
    return later;
  }

  private boolean selectGathered(int start) {
    byte[] gathered = new byte[reader.limit() - start];
    int length = 0;
    reader.position(start);
    while (reader.hasMore()) {
      int fieldStart = reader.position();
      int tag = reader.tag();
      reader.skip(tag);
      if (tag == LABEL) {
        int fieldLength = reader.position() - fieldStart;
        System.arraycopy(data, fieldStart, gathered, length, fieldLength);
        length += fieldLength;
      }
    }
    return series.select(gathered, 0, length);
  }

  /** Appends all fields of one kind: samples go first, then exemplars, then histograms. */
  private void appendFields(int kind, int from) {
    if ((kinds & 1L << kind) == 0) {
      return;
    }
    reader.position(from);
    while (reader.hasMore() && refusal.isEmpty()) {
      int tag = reader.tag();
      if (tag != kind) {
        reader.skip(tag);
        continue;
      }
      int outer = reader.enter();
      if (kind == SAMPLE) {
        sample();
      } else if (kind == HISTOGRAM) {
        histogram();
      } else {
        exemplar();
      }
      reader.leave(outer);
    }
  }

  private void sample() {
    double value = 0;
    long timestamp = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag == VALUE) {
        value = reader.fixed64AsDouble();
      } else if (tag == TIMESTAMP) {
        timestamp = reader.varint();
      } else {
        reader.skip(tag);
      }
    }
    AppendResult result = samples.append(timestamp, value);
    if (result == AppendResult.OK) {
      sampleCount++;
    } else {
      refuse(result, "Out of order sample from remote write", timestamp);
    }
  }

  private void histogram() {
    histogram.read(reader);
    AppendResult result = samples.append(histogram);
    if (result == AppendResult.OK) {
      histogramCount++;
    } else {
      refuse(result, "Out of order histogram from remote write", histogram.timestamp());
    }
  }

  private void refuse(AppendResult result, String what, long timestamp) {
    refusal = samples.message(result);
    LOG.error("{} err={} series={} timestamp={}", what, refusal, series.labels(), timestamp);
  }

  /** Exemplars that are refused do not fail a request. */
  private void exemplar() {
    int start = reader.position();
    double value = 0;
    long timestamp = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case 2 << 3 | WireReader.FIXED64 -> value = reader.fixed64AsDouble();
        case 3 << 3 | WireReader.VARINT -> timestamp = reader.varint();
        default -> reader.skip(tag);
      }
    }
    Exemplar exemplar =
        new Exemplar(
            series.exemplarLabels(data, start, reader.limit()), value, timestamp, timestamp != 0);
    AppendResult result = samples.append(exemplar);
    if (result == AppendResult.OK) {
      exemplarCount++;
    } else if (result == AppendResult.OUT_OF_ORDER_EXEMPLAR) {
      outOfOrderExemplars++;
    }
  }
}
