package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HistogramChunkPropertyTest {
  @Test
  void readsBackHistogramsThatGrow() {
    Random random = new Random(1);
    HistogramEncoder encoder = new HistogramEncoder();
    FloatHistogramEncoder floatEncoder = new FloatHistogramEncoder();
    for (int round = 0; round < 500; round++) {
      boolean gauge = random.nextInt(4) == 0;
      CounterResetHint hint = gauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN;
      List<Histogram> written = new ArrayList<>();
      encoder.start(CounterResetHeader.UNKNOWN);
      floatEncoder.start(CounterResetHeader.RESET);
      Histogram h = TestHistograms.random(random, hint);
      long t = random.nextInt();
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        if (i > 0) {
          assertThat(encoder.fit(h)).isEqualTo(HistogramFit.APPENDS);
          assertThat(floatEncoder.fit(h.toFloat())).isEqualTo(HistogramFit.APPENDS);
        }
        encoder.add(t + i * 15_000L, h);
        floatEncoder.add(t + i * 15_000L, h.toFloat());
        written.add(h);
        h = TestHistograms.grown(random, h);
      }
      byte[] data = encoder.chunk().toByteArray();
      byte[] floats = floatEncoder.chunk().toByteArray();
      HistogramReader reader = new HistogramReader(data, 0, data.length);
      FloatHistogramReader floatReader = new FloatHistogramReader(floats, 0, floats.length);
      assertThat(reader.header())
          .isEqualTo(gauge ? CounterResetHeader.GAUGE : CounterResetHeader.UNKNOWN);
      assertThat(floatReader.header())
          .isEqualTo(gauge ? CounterResetHeader.GAUGE : CounterResetHeader.RESET);
      for (int i = 0; i < written.size(); i++) {
        assertThat(reader.next() && floatReader.next()).isTrue();
        assertThat(reader.timestampMillis()).isEqualTo(t + i * 15_000L);
        Histogram expected = with(written.get(i), i, gauge);
        assertThat(reader.histogram()).usingRecursiveComparison().isEqualTo(expected);
        assertThat(floatReader.histogram())
            .usingRecursiveComparison()
            .isEqualTo(expected.toFloat());
      }
      assertThat(reader.next()).isFalse();
      assertThat(floatReader.next()).isFalse();
    }
  }

  private static Histogram with(Histogram h, int index, boolean gauge) {
    CounterResetHint hint =
        gauge
            ? CounterResetHint.GAUGE
            : index == 0 ? CounterResetHint.UNKNOWN : CounterResetHint.NOT_RESET;
    return new Histogram(
        hint,
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        h.positiveSpans(),
        h.positiveDeltas(),
        h.negativeSpans(),
        h.negativeDeltas(),
        h.customValues());
  }

  @Test
  void staleSamplesKeepOnlyTheirMark() {
    Random random = new Random(2);
    Histogram h = TestHistograms.random(random, CounterResetHint.UNKNOWN);
    Histogram stale =
        new Histogram(
            CounterResetHint.UNKNOWN,
            h.schema(),
            h.zeroThreshold(),
            5,
            9,
            StaleMarker.VALUE,
            h.positiveSpans(),
            h.positiveDeltas(),
            h.negativeSpans(),
            h.negativeDeltas(),
            h.customValues());
    for (int before = 0; before < 2; before++) {
      HistogramEncoder encoder = new HistogramEncoder();
      FloatHistogramEncoder floats = new FloatHistogramEncoder();
      if (before == 1) {
        encoder.add(1, h);
        floats.add(1, h.toFloat());
        assertThat(encoder.fit(stale)).isEqualTo(HistogramFit.APPENDS);
        assertThat(floats.fit(stale.toFloat())).isEqualTo(HistogramFit.APPENDS);
      }
      encoder.add(2, stale);
      floats.add(2, stale.toFloat());
      assertThat(encoder.fit(h)).isEqualTo(HistogramFit.UNKNOWN);
      assertThat(floats.fit(h.toFloat())).isEqualTo(HistogramFit.UNKNOWN);
      for (ChunkEncoding e :
          new ChunkEncoding[] {ChunkEncoding.HISTOGRAM, ChunkEncoding.FLOAT_HISTOGRAM}) {
        byte[] data =
            (e == ChunkEncoding.HISTOGRAM ? encoder.chunk() : floats.chunk()).toByteArray();
        SampleBuffer buffer = new SampleBuffer();
        ChunkDecoder.decode(e, data, 0, data.length, 2, 2, buffer);
        assertThat(buffer.size()).isEqualTo(1);
        assertThat(StaleMarker.is(buffer.values[0])).isTrue();
        FloatHistogram read = buffer.histograms[0];
        assertThat(read.count()).isZero();
        assertThat(read.positiveCounts()).isEmpty();
      }
    }
  }

  @Test
  void newChunksStartForTheReasonsOfTheFormat() {
    Histogram base = simple(0, new int[] {1, 2}, new long[] {5, 1}, 11, CounterResetHint.UNKNOWN);
    HistogramEncoder encoder = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    encoder.add(1, base);
    floats.add(1, base.toFloat());
    Object[][] cases = {
      {
        simple(0, new int[] {1, 2}, new long[] {6, 1}, 13, CounterResetHint.UNKNOWN),
        HistogramFit.APPENDS
      },
      {
        simple(0, new int[] {1, 2}, new long[] {4, 9}, 17, CounterResetHint.UNKNOWN),
        HistogramFit.RESET
      },
      {
        simple(0, new int[] {1, 2}, new long[] {5, 1}, 10, CounterResetHint.UNKNOWN),
        HistogramFit.RESET
      },
      {
        simple(0, new int[] {1, 2}, new long[] {6, 1}, 13, CounterResetHint.RESET),
        HistogramFit.RESET
      },
      {
        simple(1, new int[] {1, 2}, new long[] {6, 1}, 13, CounterResetHint.UNKNOWN),
        HistogramFit.UNKNOWN
      },
      {
        simple(0, new int[] {0, 3}, new long[] {1, 4, 1}, 12, CounterResetHint.UNKNOWN),
        HistogramFit.APPENDS
      },
      {
        simple(0, new int[] {1, 1}, new long[] {20}, 20, CounterResetHint.UNKNOWN),
        HistogramFit.RESET
      },
      {
        simple(0, new int[] {1, 2}, new long[] {6, 1}, 13, CounterResetHint.GAUGE),
        HistogramFit.UNKNOWN
      }
    };
    for (Object[] c : cases) {
      Histogram next = (Histogram) c[0];
      assertThat(encoder.fit(next)).as(next.toString()).isEqualTo(c[1]);
      assertThat(floats.fit(next.toFloat())).as(next.toString()).isEqualTo(c[1]);
    }
  }

  @Test
  void startTimesOfAllShapesStayWithTheirHistograms() {
    long seed = 4;
    Random random = new Random(seed);
    HistogramEncoder encoder = new HistogramEncoder(ChunkEncoding.HISTOGRAM_ST);
    FloatHistogramEncoder floats = new FloatHistogramEncoder(ChunkEncoding.FLOAT_HISTOGRAM_ST);
    for (int round = 0; round < 200; round++) {
      TestSamples samples = TestSamples.random(random, 1 + random.nextInt(200));
      CounterResetHeader header = CounterResetHeader.values()[random.nextInt(3)];
      encoder.start(header);
      floats.start(header);
      Histogram h = TestHistograms.random(random, CounterResetHint.UNKNOWN);
      for (int i = 0; i < samples.size(); i++) {
        encoder.add(samples.times()[i], h, samples.starts()[i]);
        floats.add(samples.times()[i], h.toFloat(), samples.starts()[i]);
        h = TestHistograms.grown(random, h);
      }
      for (boolean isFloat : new boolean[] {false, true}) {
        byte[] data = (isFloat ? floats.chunk() : encoder.chunk()).toByteArray();
        ChunkEncoding encoding = isFloat ? floats.encoding() : encoder.encoding();
        SampleBuffer buffer = new SampleBuffer();
        ChunkDecoder.decode(encoding, data, 0, data.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
        assertThat(CounterResetHeader.of(data[0])).isEqualTo(header);
        assertThat(ChunkDecoder.count(encoding, data, 0)).isEqualTo(samples.size());
        assertThat(Arrays.copyOf(buffer.timestamps, buffer.size())).isEqualTo(samples.times());
        long[] starts =
            buffer.startTimestamps == null ? new long[samples.size()] : buffer.startTimestamps;
        assertThat(Arrays.copyOf(starts, samples.size()))
            .as("seed %d round %d", seed, round)
            .isEqualTo(samples.starts());
      }
    }
  }

  @Test
  void damagedChunksEndInAnErrorAndNothingElse() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      HistogramEncoder encoder = new HistogramEncoder();
      FloatHistogramEncoder floats = new FloatHistogramEncoder();
      Histogram h = TestHistograms.random(random, CounterResetHint.UNKNOWN);
      for (int i = 0; i < 20; i++) {
        encoder.add(i, h);
        floats.add(i, h.toFloat());
        h = TestHistograms.grown(random, h);
      }
      boolean isFloat = random.nextBoolean();
      byte[] data = (isFloat ? floats.chunk() : encoder.chunk()).toByteArray();
      if (random.nextBoolean()) {
        data = Arrays.copyOf(data, random.nextInt(data.length));
      } else {
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        ChunkDecoder.decode(
            isFloat ? ChunkEncoding.FLOAT_HISTOGRAM : ChunkEncoding.HISTOGRAM,
            data,
            0,
            data.length,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new SampleBuffer());
      } catch (DecodeException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static Histogram simple(
      int schema, int[] spans, long[] deltas, long count, CounterResetHint hint) {
    return new Histogram(
        hint, schema, 0.001, 0, count, 1, spans, deltas, new int[0], new long[0], new double[0]);
  }
}
