package io.narthex.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.MatrixValue;
import io.narthex.promql.ScalarValue;
import io.narthex.promql.StringValue;
import io.narthex.promql.Value;
import io.narthex.promql.VectorValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultJsonWriterTest {
  private static final int[] NO_SPANS = {};
  private static final double[] NO_COUNTS = {};

  private static String write(Value value, int limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    JsonWriter json = new JsonWriter(out, buffer);
    new ResultJsonWriter(json).write(value, limit);
    out.write(buffer, 0, json.buffered());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static FloatHistogram exponential() {
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        0,
        0.001,
        3,
        24,
        18.4,
        new int[] {-1, 2, 1, 1},
        new double[] {1, 0, 7},
        new int[] {0, 2},
        new double[] {4, 9},
        NO_COUNTS);
  }

  @Test
  void scalarsAndStrings() throws IOException {
    assertThat(write(new ScalarValue(1_500, Double.NaN), 0)).isEqualTo("[1.5,\"NaN\"]");
    assertThat(write(new ScalarValue(1_000, 1e22), 0)).isEqualTo("[1,\"10000000000000000000000\"]");
    assertThat(write(new StringValue(2_000, "a<b"), 0)).isEqualTo("[2,\"a\\u003cb\"]");
  }

  @Test
  void vectorsOfFloatsAndHistograms() throws IOException {
    VectorValue vector =
        new VectorValue(
            1_000,
            new Labels[] {Labels.of("__name__", "up", "job", "a<b"), Labels.EMPTY},
            new double[] {1, 0},
            new FloatHistogram[] {null, exponential()});
    assertThat(write(vector, 0))
        .isEqualTo(
            "[{\"metric\":{\"__name__\":\"up\",\"job\":\"a<b\"},\"value\":[1,\"1\"]},"
                + "{\"metric\":{},\"histogram\":[1,{\"count\":\"24\",\"sum\":\"18.4\",\"buckets\":["
                + "[1,\"-2\",\"-1\",\"9\"],[1,\"-1\",\"-0.5\",\"4\"],[3,\"-0.001\",\"0.001\",\"3\"],"
                + "[0,\"0.25\",\"0.5\",\"1\"],[0,\"2\",\"4\",\"7\"]]}]}]");
    assertThat(write(vector, 1))
        .isEqualTo("[{\"metric\":{\"__name__\":\"up\",\"job\":\"a<b\"},\"value\":[1,\"1\"]}]");
    assertThat(ResultJsonWriter.exceeds(vector, 1)).isTrue();
    assertThat(ResultJsonWriter.exceeds(vector, 2)).isFalse();
    assertThat(ResultJsonWriter.exceeds(vector, 0)).isFalse();
  }

  @Test
  void matrices() throws IOException {
    MatrixSeries floats =
        new MatrixSeries(
            Labels.of("a", "1"), 2, new long[] {0, 1_500}, new double[] {0.5, -1}, null);
    MatrixSeries mixed =
        new MatrixSeries(
            Labels.of("a", "2"),
            2,
            new long[] {0, 1_000},
            new double[] {7, 0},
            new FloatHistogram[] {null, empty()});
    assertThat(write(new MatrixValue(List.of(floats, mixed)), 0))
        .isEqualTo(
            "[{\"metric\":{\"a\":\"1\"},\"values\":[[0,\"0.5\"],[1.500,\"-1\"]]},"
                + "{\"metric\":{\"a\":\"2\"},\"values\":[[0,\"7\"]],"
                + "\"histograms\":[[1,{\"count\":\"0\",\"sum\":\"0\"}]]}]");
    assertThat(write(new MatrixValue(List.of()), 0)).isEqualTo("[]");
  }

  private static FloatHistogram empty() {
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        0,
        0,
        0,
        0,
        0,
        NO_SPANS,
        NO_COUNTS,
        NO_SPANS,
        NO_COUNTS,
        NO_COUNTS);
  }

  @Test
  void customBucketsEndAtInfinity() throws IOException {
    FloatHistogram custom =
        new FloatHistogram(
            CounterResetHint.UNKNOWN,
            FloatHistogram.CUSTOM_BUCKETS_SCHEMA,
            0,
            0,
            6,
            5,
            new int[] {0, 3},
            new double[] {1, 2, 3},
            NO_SPANS,
            NO_COUNTS,
            new double[] {5, 10});
    VectorValue vector =
        new VectorValue(
            0, new Labels[] {Labels.EMPTY}, new double[1], new FloatHistogram[] {custom});
    assertThat(write(vector, 0))
        .contains("[[3,\"-Inf\",\"5\",\"1\"],[0,\"5\",\"10\",\"2\"],[0,\"10\",\"+Inf\",\"3\"]]");
  }

  @Test
  void zeroBucketCutsItsNeighbours() throws IOException {
    FloatHistogram wide =
        new FloatHistogram(
            CounterResetHint.UNKNOWN,
            0,
            0.75,
            1,
            3,
            0,
            new int[] {0, 1},
            new double[] {1},
            new int[] {0, 1},
            new double[] {1},
            NO_COUNTS);
    VectorValue vector =
        new VectorValue(0, new Labels[] {Labels.EMPTY}, new double[1], new FloatHistogram[] {wide});
    assertThat(write(vector, 0))
        .contains(
            "[[1,\"-1\",\"-0.75\",\"1\"],[3,\"-0.75\",\"0.75\",\"1\"],[0,\"0.75\",\"1\",\"1\"]]");
  }
}
