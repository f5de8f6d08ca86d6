package io.narthex.tsdb.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.encoding.ByteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeriesIdBoundTest {
  @TempDir private Path folder;

  private void segment(long... refs) {
    try (WalWriter writer =
        WalWriter.open(folder, 1 << 20, WalCompression.SNAPPY, WalMetrics.unregistered())) {
      ByteWriter record = new ByteWriter(64);
      RecordEncoder.begin(record, RecordType.SERIES);
      for (long ref : refs) {
        RecordEncoder.series(record, ref, Labels.of("a", Long.toString(ref)));
      }
      if (refs.length > 0) {
        writer.log(record);
      }
      RecordEncoder.samples(record, new long[] {9_000_000}, new long[] {1}, new double[] {1}, 0, 1);
      writer.log(record);
    }
  }

  private void state(String json) throws IOException {
    Files.writeString(folder.resolve("series_state.json"), json);
  }

  @Test
  void nothingIsUsedInAnEmptyDirectory() {
    assertThat(SeriesIdBound.of(folder, -1)).isZero();
    assertThat(SeriesIdBound.of(folder.resolve("absent"), -1)).isZero();
  }

  @Test
  void aLogWithoutStateIsLookedThroughFromItsNewestSeries() {
    segment(1, 2, 70);
    segment(3, 71, 5);
    segment();
    assertThat(SeriesIdBound.of(folder, 2)).isEqualTo(71 + SeriesIdBound.SLACK);
  }

  @Test
  void onlyTheCheckpointMayHaveSeries() {
    segment(4);
    segment();
    Checkpoint.create(folder, 0, 1, ref -> true, 0, 0, WalCompression.SNAPPY);
    for (int old : WalSegments.list(folder)) {
      WalSegments.file(folder, old).toFile().delete();
    }
    segment();
    assertThat(WalSegments.list(folder)).containsExactly(2);
    assertThat(SeriesIdBound.of(folder, 2)).isEqualTo(4 + SeriesIdBound.SLACK);
  }

  @Test
  void stateOfTheLastWriterIsBelieved() {
    segment(5);
    new SeriesState(5, 0, false, 1000, -1).write(folder, true);
    assertThat(SeriesIdBound.of(folder, 0)).isEqualTo(1000);
    new SeriesState(5, 0, true, 5, -1).write(folder, false);
    assertThat(SeriesIdBound.of(folder, 0)).isEqualTo(5);
  }

  @Test
  void stateIsNotBelievedWhereAnotherProgramHasWrittenSince() {
    segment(5);
    new SeriesState(5, 0, true, 5, -1).write(folder, true);
    segment(800);
    assertThat(SeriesIdBound.of(folder, 1)).isEqualTo(800 + SeriesIdBound.SLACK);
    new SeriesState(1_000, 0, false, 2_000, -1).write(folder, true);
    assertThat(SeriesIdBound.of(folder, 1)).isEqualTo(2_000 + SeriesIdBound.SLACK);
  }

  @Test
  void prometheusTellsOnlyAtACleanEnd() throws IOException {
    segment(5, 900);
    state("{\"last_series_id\":950,\"last_wal_segment\":0,\"clean_shutdown\":true}\n");
    assertThat(SeriesIdBound.of(folder, 0)).isEqualTo(950);
    state("{\"last_series_id\":850,\"last_wal_segment\":0,\"clean_shutdown\":false}\n");
    assertThat(SeriesIdBound.of(folder, 0)).isEqualTo(900 + SeriesIdBound.SLACK);
  }

  @Test
  void damagedStateCountsAsNone() throws IOException {
    segment(7);
    for (String text : new String[] {"", "{", "[]", "{\"last_series_id\":-3}", "\u0000\u0000"}) {
      state(text);
      assertThat(SeriesIdBound.of(folder, 0)).as(text).isEqualTo(7 + SeriesIdBound.SLACK);
    }
  }
}
