package io.narthex.remote.write;

import io.narthex.model.value.Exemplar;
import io.narthex.remote.codec.WireException;
import io.narthex.remote.codec.WireReader;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.Arrays;

/**
 * Stores one request of protocol 2.0: {@code io.prometheus.write.v2.Request}. What is refused is
 * reported and left out, the rest is stored.
 *
 * <p>Labels are references into the request's symbols. They are written out in the encoding of
 * protocol 1.0 and then go the same way, so both protocols share known series.
 */
final class V2Request {
  private static final int SYMBOL = 4 << 3 | WireReader.BYTES;
  private static final int TIME_SERIES = 5 << 3 | WireReader.BYTES;
  private static final int LABEL_REFS = 1 << 3 | WireReader.BYTES;
  private static final int LABEL_REF = 1 << 3 | WireReader.VARINT;
  private static final int SAMPLE = 2 << 3 | WireReader.BYTES;
  private static final int HISTOGRAM = 3 << 3 | WireReader.BYTES;
  private static final int EXEMPLAR = 4 << 3 | WireReader.BYTES;
  private static final int METADATA = 5 << 3 | WireReader.BYTES;

  private final SeriesResolver series;
  private final Appender appender;
  private final SampleAppender samples;
  private final WireReader reader = new WireReader();
  private final HistogramDecoder histogram;
  private final LabelRefs refs = new LabelRefs();
  private final LabelRefs exemplarRefs = new LabelRefs();
  private final boolean startTimestamps;
  private final MetadataRefs metadata = new MetadataRefs();
  private final boolean keepsMetadata;
  private final StringBuilder refusals = new StringBuilder();
  private byte[] data = {};
  private long[] symbols = new long[256];
  private int symbolCount;
  private int sampleCount;
  private int histogramCount;
  private int exemplarCount;
  private int samplesWithInvalidLabels;

  /**
   * @param histogram reads one at a time; free for other requests afterwards
   * @param startTimestamps whether to store since when samples count
   * @param keepsMetadata whether metadata is handed to the storage
   */
  V2Request(
      SeriesResolver series,
      HistogramDecoder histogram,
      Appender appender,
      boolean startTimestamps,
      boolean keepsMetadata,
      long nowMillis) {
    this.startTimestamps = startTimestamps;
    this.keepsMetadata = keepsMetadata;
    this.series = series;
    this.histogram = histogram;
    this.appender = appender;
    this.samples = new SampleAppender(series, appender, nowMillis);
  }

  int samplesWithInvalidLabels() {
    return samplesWithInvalidLabels;
  }

  WriteOutcome store(byte[] bytes, int size) {
    data = bytes;
    try (appender) {
      collectSymbols(size);
      reader.reset(bytes, 0, size);
      while (reader.hasMore()) {
        int tag = reader.tag();
        if (tag == TIME_SERIES) {
          int outer = reader.enter();
          timeSeries();
          reader.leave(outer);
        } else {
          reader.skip(tag);
        }
      }
      appender.commit();
    }
    return new WriteOutcome(
        refusals.isEmpty() ? 204 : 400,
        refusals.toString(),
        2,
        sampleCount,
        histogramCount,
        exemplarCount);
  }

  /** Notes where each symbol stands. The walk also finds out whether the message is whole. */
  private void collectSymbols(int size) {
    reader.reset(data, 0, size);
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag != SYMBOL) {
        reader.skip(tag);
        continue;
      }
      int length = reader.length();
      if (symbolCount == symbols.length) {
        symbols = Arrays.copyOf(symbols, 2 * symbolCount);
      }
      symbols[symbolCount++] = (long) reader.position() << 32 | length;
      reader.position(reader.position() + length);
    }
  }

  private void timeSeries() {
    int start = reader.position();
    refs.clear();
    metadata.clear();
    int values = 0;
    String metadataProblem = "";
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag == METADATA) {
        metadataProblem = metadata.read(reader, symbolCount);
        continue;
      }
      values += tag == SAMPLE || tag == HISTOGRAM ? 1 : 0;
      refs.readOrSkip(reader, tag);
    }
    String problem = refs.problem(symbolCount);
    if (!problem.isEmpty()) {
      refuse("parsing labels for series " + refs + ": " + problem);
      samplesWithInvalidLabels += values;
    } else if (!metadataProblem.isEmpty()) {
      refuse("parsing metadata for series " + refs + ": " + metadataProblem);
    } else if (!series.select(refs.encode(data, symbols), 0, refs.encodedLength())) {
      refuse(series.problem());
      samplesWithInvalidLabels += values;
    } else if (values == 0) {
      refuse(
          "TimeSeries must contain at least one sample or histogram for series " + series.labels());
    } else {
      append(start, SAMPLE);
      append(start, HISTOGRAM);
      append(start, EXEMPLAR);
      if (keepsMetadata) {
        appender.updateMetadata(
            series.ref(appender), metadata.metadata(data, symbols, symbolCount));
      }
    }
  }

  private void append(int start, int kind) {
    reader.position(start);
    while (reader.hasMore()) {
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
    long start = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case 1 << 3 | WireReader.FIXED64 -> value = reader.fixed64AsDouble();
        case 2 << 3 | WireReader.VARINT -> timestamp = reader.varint();
        case 3 << 3 | WireReader.VARINT -> start = reader.varint();
        default -> reader.skip(tag);
      }
    }
    AppendResult result = samples.append(timestamp, value, stored(start, timestamp));
    if (result == AppendResult.OK) {
      sampleCount++;
    } else {
      refuse(samples.message(result) + " for series " + series.labels());
    }
  }

  private long stored(long start, long timestamp) {
    return startTimestamps && timestamp != 0 ? start : 0;
  }

  private void histogram() {
    histogram.read(reader);
    AppendResult result =
        samples.append(histogram, stored(histogram.startTimestamp(), histogram.timestamp()));
    if (result == AppendResult.OK) {
      histogramCount++;
    } else {
      refuse(samples.message(result) + " for series " + series.labels());
    }
  }

  private void exemplar() {
    double value = 0;
    long timestamp = 0;
    exemplarRefs.clear();
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case 2 << 3 | WireReader.FIXED64 -> value = reader.fixed64AsDouble();
        case 3 << 3 | WireReader.VARINT -> timestamp = reader.varint();
        default -> exemplarRefs.readOrSkip(reader, tag);
      }
    }
    String problem = exemplarRefs.problem(symbolCount);
    if (!problem.isEmpty()) {
      refuse("parsing exemplar for series " + series.labels() + ": " + problem);
      return;
    }
    byte[] encoded = exemplarRefs.encode(data, symbols);
    Exemplar exemplar =
        new Exemplar(
            series.exemplarLabels(encoded, 0, exemplarRefs.encodedLength()),
            value,
            timestamp,
            timestamp != 0);
    AppendResult result = samples.append(exemplar);
    if (result == AppendResult.OK) {
      exemplarCount++;
    } else if (result == AppendResult.OUT_OF_ORDER_EXEMPLAR) {
      refuse(samples.message(result) + " for series " + series.labels());
    }
  }

  private void refuse(String message) {
    refusals.append(refusals.isEmpty() ? "" : "\n").append(message);
  }

  /** References to names and values, and the labels that they make in the encoding of 1.0. */
  private static final class LabelRefs {
    private int[] refs = new int[32];
    private int size;
    private byte[] encoded = new byte[512];
    private int encodedLength;

    void clear() {
      size = 0;
    }

    /** Takes references, which may come packed or one by one, and skips everything else. */
    void readOrSkip(WireReader reader, int tag) {
      if (tag == LABEL_REF) {
        add(reader.varint());
      } else if (tag == LABEL_REFS) {
        int outer = reader.enter();
        while (reader.hasMore()) {
          add(reader.varint());
        }
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }

    private void add(long ref) {
      if (ref < 0 || ref > Integer.MAX_VALUE) {
        throw new WireException("proto: label reference " + ref + " is too large");
      }
      if (size == refs.length) {
        refs = Arrays.copyOf(refs, 2 * size);
      }
      refs[size++] = (int) ref;
    }

    String problem(int symbolCount) {
      if (size % 2 != 0) {
        return "invalid labelRefs length " + size;
      }
      for (int i = 0; i < size; i += 2) {
        if (refs[i] >= symbolCount || refs[i + 1] >= symbolCount) {
          return "labelRefs "
              + refs[i]
              + " (name) = "
              + refs[i + 1]
              + " (value) outside of symbols table (size "
              + symbolCount
              + ")";
        }
      }
      return "";
    }

    byte[] encode(byte[] data, long[] symbols) {
      encodedLength = 0;
      for (int i = 0; i < size; i += 2) {
        int nameLength = (int) symbols[refs[i]];
        int valueLength = (int) symbols[refs[i + 1]];
        int length = 2 + nameLength + valueLength;
        length += varintLength(nameLength) + varintLength(valueLength);
        reserve(length + 16);
        encoded[encodedLength++] = (byte) SeriesResolver.labelTag();
        varint(length);
        bytes(1, data, symbols[refs[i]]);
        bytes(2, data, symbols[refs[i + 1]]);
      }
      return encoded;
    }

    int encodedLength() {
      return encodedLength;
    }

    private void reserve(int more) {
      if (encodedLength + more > encoded.length) {
        encoded = Arrays.copyOf(encoded, Math.max(2 * encoded.length, encodedLength + more));
      }
    }

    private void bytes(int field, byte[] data, long symbol) {
      encoded[encodedLength++] = (byte) (field << 3 | WireReader.BYTES);
      varint((int) symbol);
      System.arraycopy(data, (int) (symbol >>> 32), encoded, encodedLength, (int) symbol);
      encodedLength += (int) symbol;
    }

    private void varint(int value) {
      int rest = value;
      while (rest > 0x7f) {
        encoded[encodedLength++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      encoded[encodedLength++] = (byte) rest;
    }

    private static int varintLength(int value) {
      return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    /** As Go prints a list: {@code [1 2 3]}. */
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("[");
      for (int i = 0; i < size; i++) {
        out.append(i == 0 ? "" : " ").append(refs[i]);
      }
      return out.append(']').toString();
    }
  }
}
