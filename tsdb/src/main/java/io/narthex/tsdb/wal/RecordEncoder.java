package io.narthex.tsdb.wal;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.tsdb.encoding.ByteWriter;

/**
 * Appends the items of one record to a writer. A record starts with {@link #begin}; items with base
 * values (samples, exemplars, histograms) are written relative to the first.
 */
public final class RecordEncoder {
  private RecordEncoder() {}

  /** Clears the writer and starts a record of a type without base values. */
  public static void begin(ByteWriter out, RecordType type) {
    out.clear();
    out.u8(type.code());
  }

  /** Adds one series to a {@link RecordType#SERIES} record. */
  public static void series(ByteWriter out, long ref, Labels labels) {
    out.u64(ref);
    labels(out, labels);
  }

  private static void labels(ByteWriter out, Labels labels) {
    out.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.string(labels.name(i));
      out.string(labels.value(i));
    }
  }

  /** Writes a whole samples record from columns; at least one sample. */
  public static void samples(
      ByteWriter out, long[] refs, long[] timestampsMillis, double[] values, int from, int count) {
    begin(out, RecordType.SAMPLES);
    long baseRef = refs[from];
    long baseTime = timestampsMillis[from];
    out.u64(baseRef);
    out.u64(baseTime);
    for (int i = from; i < from + count; i++) {
      out.reserve(28);
      out.varint(refs[i] - baseRef);
      out.varint(timestampsMillis[i] - baseTime);
      out.f64(values[i]);
    }
  }

  /**
   * Starts a record whose items are relative to the first: exemplars and histograms of all kinds.
   */
  public static void beginRelative(
      ByteWriter out, RecordType type, long baseRef, long baseTimestampMillis) {
    begin(out, type);
    out.u64(baseRef);
    out.u64(baseTimestampMillis);
  }

  /** Adds one item to a {@link RecordType#EXEMPLARS} record with these base values. */
  public static void exemplar(
      ByteWriter out, long baseRef, long baseTimestampMillis, long ref, Exemplar exemplar) {
    out.varint(ref - baseRef);
    out.varint(exemplar.timestampMillis() - baseTimestampMillis);
    out.f64(exemplar.value());
    labels(out, exemplar.labels());
  }

  /**
   * Adds one item to a {@link RecordType#HISTOGRAMS} record, or for custom buckets to a {@link
   * RecordType#CUSTOM_BUCKET_HISTOGRAMS} record.
   */
  public static void histogram(
      ByteWriter out,
      long baseRef,
      long baseTimestampMillis,
      long ref,
      long timestampMillis,
      Histogram histogram) {
    out.varint(ref - baseRef);
    out.varint(timestampMillis - baseTimestampMillis);
    HistogramBytes.write(out, histogram);
  }

  /** The same for {@link RecordType#FLOAT_HISTOGRAMS} and its twin for custom buckets. */
  public static void histogram(
      ByteWriter out,
      long baseRef,
      long baseTimestampMillis,
      long ref,
      long timestampMillis,
      FloatHistogram histogram) {
    out.varint(ref - baseRef);
    out.varint(timestampMillis - baseTimestampMillis);
    HistogramBytes.write(out, histogram);
  }

  /** Adds one interval to a {@link RecordType#TOMBSTONES} record. */
  public static void tombstone(ByteWriter out, long ref, long mint, long maxt) {
    out.u64(ref);
    out.varint(mint);
    out.varint(maxt);
  }

  /** Adds one marker to a {@link RecordType#MMAP_MARKERS} record. */
  public static void mmapMarker(ByteWriter out, long ref, long chunkRef) {
    out.u64(ref);
    out.u64(chunkRef);
  }

  /** Adds one entry to a {@link RecordType#METADATA} record. */
  public static void metadata(ByteWriter out, long ref, MetricMetadata metadata) {
    out.uvarint(ref);
    out.u8(metadata.type().ordinal());
    out.uvarint(2);
    out.string("UNIT");
    out.string(metadata.unit());
    out.string("HELP");
    out.string(metadata.help());
  }
}
