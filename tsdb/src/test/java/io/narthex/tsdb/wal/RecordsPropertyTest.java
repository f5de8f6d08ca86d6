package io.narthex.tsdb.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordsPropertyTest {
  private final RecordDecoder decoder = new RecordDecoder();
  private final ByteWriter out = new ByteWriter(64);

  @Test
  void decodesWhatWasEncoded() {
    Random random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      RecordingVisitor expected = new RecordingVisitor();
      TestRecords.random(random, out, expected);
      RecordingVisitor actual = new RecordingVisitor();
      decoder.decode(out.array(), 0, out.length(), actual);
      assertThat(actual.lines).isEqualTo(expected.lines);
    }
  }

  @Test
  void writesTheFormatsBytes() {
    RecordEncoder.begin(out, RecordType.SERIES);
    RecordEncoder.series(out, 5, Labels.of("a", "bc"));
    assertThat(out.toByteArray())
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 5, 1, 1, 'a', 2, 'b', 'c');

    RecordEncoder.samples(
        out, new long[] {9, 3, 8}, new long[] {0, 1000, 999}, new double[] {0, 1, 2}, 1, 2);
    assertThat(out.toByteArray())
        .containsExactly(
            2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0x03, 0xE8, 0, 0, 0x3F, 0xF0, 0, 0, 0, 0,
            0, 0, 10, 1, 0x40, 0, 0, 0, 0, 0, 0, 0);

    RecordEncoder.begin(out, RecordType.METADATA);
    RecordEncoder.metadata(out, 300, new MetricMetadata(MetricType.GAUGE, "s", "hi"));
    assertThat(out.toByteArray())
        .containsExactly(
            6, 0xAC, 0x02, 2, 2, 4, 'U', 'N', 'I', 'T', 1, 's', 4, 'H', 'E', 'L', 'P', 2, 'h', 'i');
  }

  @Test
  void readsRecordsWithStartTimes() {
    out.clear();
    out.u8(11);
    out.varint(7);
    out.varint(1000);
    out.varint(500);
    out.f64(1);
    out.varint(1);
    out.varint(10);
    out.u8(1);
    out.f64(2);
    out.varint(-3);
    out.varint(20);
    out.u8(2);
    out.varint(-400);
    out.f64(3);
    RecordingVisitor seen = new RecordingVisitor();
    decoder.decode(out.array(), 0, out.length(), seen);
    assertThat(seen.lines)
        .containsExactly(
            "sample 7 1000 3ff0000000000000",
            "  since 500",
            "sample 8 1010 4000000000000000",
            "  since 500",
            "sample 5 1020 4008000000000000",
            "  since 100");
    ByteWriter written = new ByteWriter(64);
    StartTimeItems items = new StartTimeItems();
    items.begin(written, RecordType.SAMPLES_V2);
    items.write(written, 7, 1000, 500);
    written.f64(1);
    items.write(written, 8, 1010, 500);
    written.f64(2);
    items.write(written, 5, 1020, 100);
    written.f64(3);
    assertThat(written.toByteArray()).isEqualTo(out.toByteArray());
  }

  @Test
  void passesOnTheTypeOfUnknownRecords() {
    RecordingVisitor seen = new RecordingVisitor();
    decoder.decode(new byte[] {99, 1, 2}, 0, 3, seen);
    decoder.decode(new byte[0], 0, 0, seen);
    assertThat(seen.lines).containsExactly("unknown 99");
  }

  @Test
  void damagedRecordsEndInAnErrorAndNothingElse() {
    Random random = new Random(2);
    RecordingVisitor ignored = new RecordingVisitor();
    for (int round = 0; round < 5000; round++) {
      ignored.lines.clear();
      TestRecords.random(random, out, ignored);
      byte[] bytes = Arrays.copyOf(out.array(), random.nextInt(out.length() + 1));
      if (bytes.length > 1) {
        bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        decoder.decode(bytes, 0, bytes.length, ignored);
      } catch (DecodeException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  /** Random records of every type. */
  static final class TestRecords {
    private TestRecords() {}

    static void random(Random random, ByteWriter out, RecordVisitor expected) {
      int n = 1 + random.nextInt(20);
      long ref = 1L + random.nextInt(1000);
      long t = random.nextInt(100_000);
      switch (random.nextInt(9)) {
        case 0 -> {
          RecordEncoder.begin(out, RecordType.SERIES);
          for (int i = 0; i < n; i++) {
            Labels labels = Labels.of("__name__", "m" + i, "größe", "x".repeat(random.nextInt(9)));
            RecordEncoder.series(out, ref + i, labels);
            expected.series(ref + i, labels);
          }
        }
        case 1 -> samples(random, out, expected, n);
        case 2 -> {
          RecordEncoder.begin(out, RecordType.TOMBSTONES);
          RecordEncoder.tombstone(out, ref, -t, t);
          expected.tombstone(ref, -t, t);
        }
        case 3 -> {
          RecordEncoder.beginRelative(out, RecordType.EXEMPLARS, ref, t);
          for (int i = 0; i < n; i++) {
            Exemplar e = new Exemplar(Labels.of("trace", "t" + i), i / 2.0, t - i, false);
            RecordEncoder.exemplar(out, ref, t, ref - i, e);
            expected.exemplar(ref - i, e);
          }
        }
        case 4 -> {
          RecordEncoder.begin(out, RecordType.MMAP_MARKERS);
          RecordEncoder.mmapMarker(out, ref, t << 32);
          expected.mmapMarker(ref, t << 32);
        }
        case 5 -> {
          RecordEncoder.begin(out, RecordType.METADATA);
          MetricMetadata m =
              new MetricMetadata(MetricType.values()[random.nextInt(8)], "s", "help " + n);
          RecordEncoder.metadata(out, ref, m);
          expected.metadata(ref, m);
        }
        case 6 -> {
          boolean custom = random.nextBoolean();
          Histogram h = histogram(random, custom);
          RecordEncoder.beginRelative(
              out, custom ? RecordType.CUSTOM_BUCKET_HISTOGRAMS : RecordType.HISTOGRAMS, ref, t);
          RecordEncoder.histogram(out, ref, t, ref, t, h);
          expected.histogram(ref, t, h);
        }
        case 7 -> withStartTimes(random, out, expected, n);
        default -> {
          boolean custom = random.nextBoolean();
          var h = histogram(random, custom).toFloat();
          RecordEncoder.beginRelative(
              out,
              custom ? RecordType.CUSTOM_BUCKET_FLOAT_HISTOGRAMS : RecordType.FLOAT_HISTOGRAMS,
              ref,
              t);
          RecordEncoder.histogram(out, ref, t, ref + 5, t - 5, h);
          expected.floatHistogram(ref + 5, t - 5, h);
        }
      }
    }

    static void samples(Random random, ByteWriter out, RecordVisitor expected, int n) {
      long[] refs = new long[n];
      long[] times = new long[n];
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        refs[i] = 1L + random.nextInt(1 << random.nextInt(30));
        times[i] = random.nextLong() >> random.nextInt(60);
        values[i] = Double.longBitsToDouble(random.nextLong());
        expected.sample(refs[i], times[i], values[i]);
      }
      RecordEncoder.samples(out, refs, times, values, 0, n);
    }

    static void withStartTimes(Random random, ByteWriter out, RecordVisitor expected, int n) {
      StartTimeItems items = new StartTimeItems();
      RecordType type = RecordType.of(RecordType.SAMPLES_V2.code() + random.nextInt(3));
      items.begin(out, type);
      for (int i = 0; i < n; i++) {
        long ref = 1L + random.nextInt(1 << random.nextInt(30));
        long t = random.nextLong() >> random.nextInt(60);
        long start = random.nextInt(3) == 0 ? 0 : t - (random.nextInt(3) << 10);
        items.write(out, ref, t, start);
        Histogram h = histogram(random, random.nextBoolean());
        switch (type) {
          case SAMPLES_V2 -> {
            out.f64(i);
            expected.sample(ref, t, i, start);
          }
          case HISTOGRAMS_V2 -> {
            HistogramBytes.write(out, h);
            expected.histogram(ref, t, h, start);
          }
          default -> {
            HistogramBytes.write(out, h.toFloat());
            expected.floatHistogram(ref, t, h.toFloat(), start);
          }
        }
      }
    }

    static Histogram histogram(Random random, boolean custom) {
      return new Histogram(
          CounterResetHint.values()[random.nextInt(4)],
          custom ? -53 : random.nextInt(13) - 4,
          0.001,
          random.nextInt(10),
          random.nextInt(1000),
          random.nextGaussian(),
          new int[] {random.nextInt(5) - 2, 2, 3, 1},
          new long[] {random.nextInt(9), -2, 5},
          custom ? new int[0] : new int[] {0, 1},
          custom ? new long[0] : new long[] {4},
          custom ? new double[] {0.1, 1, 10} : new double[0]);
    }
  }
}
