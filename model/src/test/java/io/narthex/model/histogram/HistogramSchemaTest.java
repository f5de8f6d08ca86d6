package io.narthex.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HistogramSchemaTest {
  private static final double[] NONE = {};

  private static double bound(int schema, int bucket) {
    return HistogramSchema.upperBound(schema, bucket, NONE);
  }

  @Test
  void schemaZeroDoublesAndNegativeSchemasGoFaster() {
    assertThat(bound(0, 0)).isEqualTo(1);
    assertThat(bound(0, 10)).isEqualTo(1024);
    assertThat(bound(0, -3)).isEqualTo(0.125);
    assertThat(bound(-2, 1)).isEqualTo(16);
    assertThat(bound(-4, -1)).isEqualTo(1.0 / 65536);
  }

  @Test
  void finerSchemasHaveTheBitsOfPrometheus() {
    assertThat(bound(1, 1)).isEqualTo(1.414213562373095);
    assertThat(bound(3, 5)).isEqualTo(2 * 0.7711054127039704);
    assertThat(bound(8, 255)).isEqualTo(2 * 0.9972960560854698);
    assertThat(bound(8, 256)).isEqualTo(2);
  }

  @Test
  void lastFiniteBucketEndsAtTheLargestDouble() {
    assertThat(bound(0, 1024)).isEqualTo(Double.MAX_VALUE);
    assertThat(bound(0, 1025)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(bound(-4, 64)).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void customBoundsAreListed() {
    double[] bounds = {1, 2.5};
    int schema = FloatHistogram.CUSTOM_BUCKETS_SCHEMA;
    assertThat(HistogramSchema.upperBound(schema, -1, bounds)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(HistogramSchema.upperBound(schema, 1, bounds)).isEqualTo(2.5);
    assertThat(HistogramSchema.upperBound(schema, 2, bounds)).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
