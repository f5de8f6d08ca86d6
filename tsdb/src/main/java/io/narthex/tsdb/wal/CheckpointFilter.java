package io.narthex.tsdb.wal;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/** Takes records of old segments and writes what is still needed of each to the checkpoint. */
final class CheckpointFilter implements RecordVisitor {
  private final WalWriter out;
  private final LongPredicate keepSeries;
  private final LongUnaryOperator canonical;
  private final boolean keepMarkers;
  private boolean translated;
  private final long mint;
  private final long lateMint;
  private final OpenDeletions deletions = new OpenDeletions();
  private final RecordDecoder decoder = new RecordDecoder();
  private final ByteWriter record = new ByteWriter(1 << 16);

  /** Kept samples of the current record. */
  private long[] refs = new long[1024];

  private long[] times = new long[1024];
  private double[] values = new double[1024];
  private int samples;

  /** Of the current record, where that has start times. */
  private final StartTimeItems startTimes = new StartTimeItems();

  /** Base values of the current exemplar or histogram record. */
  private long baseRef;

  private long baseTime;

  /** The newest metadata of each series, written last. */
  private final Map<Long, MetricMetadata> metadata = new LinkedHashMap<>();

  private long totalSeries;
  private long droppedSeries;
  private long totalSamples;
  private long droppedSamples;
  private long totalTombstones;
  private long droppedTombstones;
  private long totalExemplars;
  private long droppedExemplars;
  private long totalMetadata;
  private long droppedMetadata;

  /**
   * @param lateMint deletions that end before are dropped: the out-of-order log has nothing older
   */
  CheckpointFilter(WalWriter out, LongPredicate keepSeries, long mint, long lateMint) {
    this(out, keepSeries, mint, lateMint, ref -> ref, false);
  }

  /**
   * @param canonical which reference to write for one that was read
   * @param keepMarkers whether markers are kept, which only the out-of-order log has
   */
  CheckpointFilter(
      WalWriter out,
      LongPredicate keepSeries,
      long mint,
      long lateMint,
      LongUnaryOperator canonical,
      boolean keepMarkers) {
    this.keepMarkers = keepMarkers;
    this.canonical = canonical;
    this.out = out;
    this.keepSeries = keepSeries;
    this.mint = mint;
    this.lateMint = lateMint;
  }

  void record(WalReader reader) {
    record.clear();
    samples = 0;
    try {
      decoder.decode(reader.record(), reader.offset(), reader.length(), this);
    } catch (WalCorruptionException e) {
      throw e;
    } catch (DecodeException e) {
      throw reader.corrupted(e.getMessage());
    }
    if (samples > 0) {
      RecordEncoder.samples(record, refs, times, values, 0, samples);
    }
    if (!record.isEmpty()) {
      out.log(record);
    }
  }

  void finish() {
    record.clear();
    metadata.forEach(
        (ref, known) -> {
          begin(RecordType.METADATA);
          RecordEncoder.metadata(record, ref, known);
        });
    droppedMetadata = totalMetadata - metadata.size();
    if (!record.isEmpty()) {
      out.log(record);
    }
  }

  Checkpoint.Stats stats() {
    return new Checkpoint.Stats(
        totalSeries,
        droppedSeries,
        totalSamples,
        droppedSamples,
        totalTombstones,
        droppedTombstones,
        totalExemplars,
        droppedExemplars,
        totalMetadata,
        droppedMetadata);
  }

  /** Whether a record or more was written under another reference, or left out for it. */
  boolean hasTranslated() {
    return translated;
  }

  private long canonical(long ref) {
    long kept = canonical.applyAsLong(ref);
    translated |= kept != ref;
    return kept;
  }

  private void begin(RecordType type) {
    if (record.isEmpty()) {
      RecordEncoder.begin(record, type);
    }
  }

  private void beginRelative(RecordType type, long ref, long time) {
    if (record.isEmpty()) {
      RecordEncoder.beginRelative(record, type, ref, time);
      baseRef = ref;
      baseTime = time;
    }
  }

  @Override
  public void series(long ref, Labels labels) {
    totalSeries++;
    if (!keepSeries.test(ref) || canonical(ref) != ref) {
      droppedSeries++;
      return;
    }
    begin(RecordType.SERIES);
    RecordEncoder.series(record, ref, labels);
  }

  private boolean keeps(long ref, long timestampMillis) {
    totalSamples++;
    if (timestampMillis >= mint || deletions.contain(ref, timestampMillis)) {
      return true;
    }
    droppedSamples++;
    return false;
  }

  @Override
  public void sample(long ref, long timestampMillis, double value) {
    if (!keeps(ref, timestampMillis)) {
      return;
    }
    if (samples == refs.length) {
      refs = Arrays.copyOf(refs, 2 * samples);
      times = Arrays.copyOf(times, 2 * samples);
      values = Arrays.copyOf(values, 2 * samples);
    }
    refs[samples] = canonical(ref);
    times[samples] = timestampMillis;
    values[samples++] = value;
  }

  @Override
  public void tombstone(long ref, long from, long to) {
    totalTombstones++;
    if (to < lateMint || !keepSeries.test(ref)) {
      droppedTombstones++;
      return;
    }
    // Over all times it is no deletion: the series left the log at this point.
    if (from < mint && to < Long.MAX_VALUE) {
      deletions.add(ref, from, to);
    }
    begin(RecordType.TOMBSTONES);
    RecordEncoder.tombstone(record, canonical(ref), from, to);
  }

  @Override
  public void exemplar(long ref, Exemplar exemplar) {
    totalExemplars++;
    if (exemplar.timestampMillis() < mint) {
      droppedExemplars++;
      return;
    }
    long kept = canonical(ref);
    beginRelative(RecordType.EXEMPLARS, kept, exemplar.timestampMillis());
    RecordEncoder.exemplar(record, baseRef, baseTime, kept, exemplar);
  }

  @Override
  public void mmapMarker(long ref, long chunkRef) {
    if (keepMarkers) {
      begin(RecordType.MMAP_MARKERS);
      RecordEncoder.mmapMarker(record, canonical(ref), chunkRef);
    }
  }

  @Override
  public void metadata(long ref, MetricMetadata newest) {
    totalMetadata++;
    if (keepSeries.test(ref)) {
      metadata.put(canonical(ref), newest);
    }
  }

  @Override
  public void histogram(long ref, long timestampMillis, Histogram histogram) {
    if (!keeps(ref, timestampMillis)) {
      return;
    }
    long kept = canonical(ref);
    beginRelative(
        histogram.schema() == FloatHistogram.CUSTOM_BUCKETS_SCHEMA
            ? RecordType.CUSTOM_BUCKET_HISTOGRAMS
            : RecordType.HISTOGRAMS,
        kept,
        timestampMillis);
    RecordEncoder.histogram(record, baseRef, baseTime, kept, timestampMillis, histogram);
  }

  @Override
  public void floatHistogram(long ref, long timestampMillis, FloatHistogram histogram) {
    if (!keeps(ref, timestampMillis)) {
      return;
    }
    long kept = canonical(ref);
    beginRelative(
        histogram.usesCustomBuckets()
            ? RecordType.CUSTOM_BUCKET_FLOAT_HISTOGRAMS
            : RecordType.FLOAT_HISTOGRAMS,
        kept,
        timestampMillis);
    RecordEncoder.histogram(record, baseRef, baseTime, kept, timestampMillis, histogram);
  }

  @Override
  public void sample(long ref, long timestampMillis, double value, long startMillis) {
    if (item(RecordType.SAMPLES_V2, ref, timestampMillis, startMillis)) {
      record.f64(value);
    }
  }

  @Override
  public void histogram(long ref, long timestampMillis, Histogram histogram, long startMillis) {
    if (item(RecordType.HISTOGRAMS_V2, ref, timestampMillis, startMillis)) {
      HistogramBytes.write(record, histogram);
    }
  }

  @Override
  public void floatHistogram(
      long ref, long timestampMillis, FloatHistogram histogram, long startMillis) {
    if (item(RecordType.FLOAT_HISTOGRAMS_V2, ref, timestampMillis, startMillis)) {
      HistogramBytes.write(record, histogram);
    }
  }

  /** Writes all but the value of a sample with start time; false where it is not kept. */
  private boolean item(RecordType type, long ref, long timestampMillis, long startMillis) {
    if (!keeps(ref, timestampMillis)) {
      return false;
    }
    if (record.isEmpty()) {
      startTimes.begin(record, type);
    }
    startTimes.write(record, ref, timestampMillis, startMillis);
    return true;
  }

  /** Records of later versions cannot be judged, and are not needed by this one. */
  @Override
  public void unknown(int type) {}
}
