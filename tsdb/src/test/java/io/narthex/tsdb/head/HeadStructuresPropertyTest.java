package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.Xor2Encoder;
import io.narthex.tsdb.chunk.XorEncoder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

/** The head's small structures against plain collections. */
final class HeadStructuresPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hashDirectoryFindsWhatIsInIt(long seed) {
    Random random = new Random(seed);
    HashDirectory directory = new HashDirectory();
    Map<Integer, TreeSet<Integer>> model = new HashMap<>();
    for (int step = 0; step < 30_000; step++) {
      // Few hashes in one part, so that they collide and wrap.
      int hash = random.nextInt(4) << 24 | random.nextInt(200);
      int id = random.nextInt(50);
      TreeSet<Integer> ids = model.computeIfAbsent(hash, h -> new TreeSet<>());
      if (random.nextInt(5) < 3 && ids.add(id)) {
        directory.add(hash, id);
      } else {
        assertThat(directory.remove(hash, id)).isEqualTo(ids.remove(id));
      }
    }
    model.forEach(
        (hash, ids) -> {
          TreeSet<Integer> found = new TreeSet<>();
          for (int s = directory.first(hash); s >= 0; s = directory.next(hash, s)) {
            assertThat(found.add(directory.id(hash, s))).isTrue();
          }
          assertThat(found).isEqualTo(ids);
        });
    assertThat(directory.size()).isEqualTo(model.values().stream().mapToInt(TreeSet::size).sum());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void labelValuesKeepRowsOfEachValue(long seed) {
    Random random = new Random(seed);
    LabelValues values = new LabelValues();
    Map<Integer, TreeSet<Integer>> model = new HashMap<>();
    for (int step = 0; step < 40_000; step++) {
      // Some values have many rows, most have few.
      int value = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
      int row = random.nextInt(300);
      TreeSet<Integer> rows = model.computeIfAbsent(value, v -> new TreeSet<>());
      if (random.nextInt(5) < 3) {
        if (rows.add(row)) {
          values.add(value, row);
        }
      } else if (rows.remove(row)) {
        values.remove(value, row);
      }
    }
    int present = 0;
    for (Map.Entry<Integer, TreeSet<Integer>> entry : model.entrySet()) {
      int slot = values.slot(entry.getKey());
      assertThat(slot >= 0).isEqualTo(!entry.getValue().isEmpty());
      if (slot >= 0) {
        present++;
        RoaringBitmap rows = new RoaringBitmap();
        values.addTo(slot, rows);
        assertThat(rows.toArray())
            .isEqualTo(entry.getValue().stream().mapToInt(Integer::intValue).toArray());
        assertThat(values.count(slot)).isEqualTo(entry.getValue().size());
        assertThat(values.intersects(slot, RoaringBitmap.bitmapOf(entry.getValue().last())))
            .isTrue();
        assertThat(values.intersects(slot, RoaringBitmap.bitmapOf(9999))).isFalse();
      }
    }
    assertThat(values.size()).isEqualTo(present);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void openChunksHaveTheBytesOfTheEncoder(long seed) {
    Random random = new Random(seed);
    SeriesTable table = new SeriesTable();
    ChunkSlab slab = new ChunkSlab();
    OpenChunks open = new OpenChunks(table, slab, new RowStarts());
    List<XorEncoder> encoders = new ArrayList<>();
    long[] times = new long[20];
    for (int row = 0; row < 20; row++) {
      table.add(row + 1, 0);
      encoders.add(new XorEncoder());
      times[row] = random.nextLong() >> random.nextInt(20, 60);
    }
    for (int step = 0; step < 3000; step++) {
      int row = random.nextInt(20);
      times[row] += random.nextInt(8) == 0 ? 1 + (random.nextLong() >>> 40) : 15_000;
      double value =
          switch (random.nextInt(4)) {
            case 0 -> step;
            case 1 -> 7;
            case 2 -> random.nextGaussian();
            default -> Double.longBitsToDouble(random.nextLong());
          };
      long[] columns = table.hot(row);
      int base = SeriesTable.base(row);
      long bits = Double.doubleToRawLongBits(value);
      if (encoders.get(row).count() == 0) {
        open.start(columns, base, row, ChunkEncoding.XOR, times[row], bits, 0);
      } else {
        open.add(columns, base, row, times[row], bits, 0);
      }
      encoders.get(row).add(times[row], Double.longBitsToDouble(bits));
    }
    for (int row = 0; row < 20; row++) {
      long head = table.hot(row, SeriesTable.HEAD);
      int bits = SeriesTable.bitPosition(table.hot(row, SeriesTable.TAIL));
      byte[] bytes = new byte[2 + OpenChunks.bytes(bits)];
      bytes[0] = (byte) (SeriesTable.count(head) >>> 8);
      bytes[1] = (byte) SeriesTable.count(head);
      assertThat(slab.copy(SeriesTable.block(head), bytes.length - 2, bytes, 2)).isTrue();
      assertThat(bytes).isEqualTo(encoders.get(row).chunk().toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void openXor2ChunksHaveTheBytesOfTheEncoder(long seed) {
    Random random = new Random(seed);
    SeriesTable table = new SeriesTable();
    ChunkSlab slab = new ChunkSlab();
    RowStarts starts = new RowStarts();
    OpenChunks open = new OpenChunks(table, slab, starts);
    List<Xor2Encoder> encoders = new ArrayList<>();
    long[] times = new long[20];
    long[] since = new long[20];
    for (int row = 0; row < 20; row++) {
      table.add(row + 1, 0);
      encoders.add(new Xor2Encoder());
      times[row] = random.nextLong() >> random.nextInt(20, 60);
    }
    for (int step = 0; step < 3000; step++) {
      int row = random.nextInt(20);
      times[row] += random.nextInt(8) == 0 ? 1 + (random.nextLong() >>> 40) : 15_000;
      if (row > 5 && random.nextInt(40) < row) {
        since[row] = random.nextInt(4) == 0 ? 0 : times[row] - random.nextInt(100_000);
      }
      long bits =
          switch (random.nextInt(5)) {
            case 0 -> Double.doubleToRawLongBits(step);
            case 1 -> Double.doubleToRawLongBits(7);
            case 2 -> StaleMarker.BITS;
            case 3 -> Double.doubleToRawLongBits(random.nextGaussian());
            default -> random.nextLong();
          };
      long[] columns = table.hot(row);
      int base = SeriesTable.base(row);
      if (encoders.get(row).count() == 0) {
        open.start(columns, base, row, ChunkEncoding.XOR2, times[row], bits, since[row]);
      } else {
        open.add(columns, base, row, times[row], bits, since[row]);
      }
      encoders.get(row).add(times[row], Double.longBitsToDouble(bits), since[row]);
    }
    for (int row = 0; row < 20; row++) {
      long head = table.hot(row, SeriesTable.HEAD);
      int bits = SeriesTable.bitPosition(table.hot(row, SeriesTable.TAIL));
      byte[] bytes = new byte[3 + OpenChunks.bytes(bits)];
      bytes[0] = (byte) (SeriesTable.count(head) >>> 8);
      bytes[1] = (byte) SeriesTable.count(head);
      bytes[2] = (byte) (table.hasFlag(row, SeriesTable.FLAG_STARTS) ? starts.header(row) : 0);
      assertThat(slab.copy(SeriesTable.block(head), bytes.length - 3, bytes, 3)).isTrue();
      assertThat(bytes).isEqualTo(encoders.get(row).chunk().toByteArray());
    }
  }

  @Test
  void fullChunkListsGiveBackWhatWasAdded() {
    Random random = new Random(5);
    ChunkSlab slab = new ChunkSlab();
    FullChunks lists = new FullChunks(slab);
    for (int round = 0; round < 50; round++) {
      long list = FullChunks.EMPTY;
      List<long[]> added = new ArrayList<>();
      long t = random.nextLong() >> random.nextInt(10, 50);
      for (int i = random.nextInt(40); i > 0; i--) {
        long mint = t + 1 + random.nextInt(100_000);
        long maxt = mint + random.nextInt(10_000_000);
        long ref = random.nextLong() >>> random.nextInt(10, 60);
        list = lists.add(list, mint, maxt, ref, ChunkEncoding.XOR);
        added.add(new long[] {mint, maxt, ref});
        t = maxt;
      }
      assertThat(FullChunks.count(list)).isEqualTo(added.size());
      FullChunks.Cursor cursor = new FullChunks.Cursor();
      assertThat(cursor.reset(slab, list)).isTrue();
      for (long[] expected : added) {
        assertThat(cursor.next()).isTrue();
        assertThat(new long[] {cursor.mint, cursor.maxt, cursor.chunkRef}).isEqualTo(expected);
      }
      assertThat(cursor.next()).isFalse();
      lists.free(list);
    }
    assertThat(slab.usedBytes()).isZero();
  }

  @Test
  void deletedRangesAreSetsOfTimes() {
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      DeletedRanges ranges = DeletedRanges.NONE;
      BitSet model = new BitSet();
      for (int i = 0; i < 8; i++) {
        int from = random.nextInt(60);
        int to = from + random.nextInt(10);
        ranges = ranges.with(from, to);
        model.set(from, to + 1);
      }
      for (int t = 0; t < 80; t++) {
        assertThat(ranges.contains(t)).isEqualTo(model.get(t));
        assertThat(ranges.overlaps(t, t + 3)).isEqualTo(model.get(t, t + 4).cardinality() > 0);
      }
      for (int i = 2; i < ranges.bounds().length; i += 2) {
        assertThat(ranges.bounds()[i]).isGreaterThan(ranges.bounds()[i - 1] + 1);
      }
    }
  }
}
