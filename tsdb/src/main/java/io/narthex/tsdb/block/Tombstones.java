package io.narthex.tsdb.block;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deleted time ranges of a block's series, by series number. Immutable.
 *
 * <p>File {@code tombstones}: magic 4 bytes, version 1; entries of series number uvarint, mint and
 * maxt varint; CRC-32C 4 over the entries.
 */
public final class Tombstones {
  public static final String NAME = "tombstones";
  public static final Tombstones NONE = new Tombstones(Map.of());

  private static final int MAGIC = 0x0130BA30;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 5;

  private final Map<Integer, Intervals> bySeries;

  private Tombstones(Map<Integer, Intervals> bySeries) {
    this.bySeries = bySeries;
  }

  public Intervals of(int series) {
    return bySeries.getOrDefault(series, Intervals.NONE);
  }

  public boolean isEmpty() {
    return bySeries.isEmpty();
  }

  /** How many ranges there are over all series. */
  public long count() {
    long sum = 0;
    for (Intervals intervals : bySeries.values()) {
      sum += intervals.list().size();
    }
    return sum;
  }

  /** These and more. */
  public Tombstones with(Map<Integer, Intervals.Interval> added) {
    Map<Integer, Intervals> all = new TreeMap<>(bySeries);
    added.forEach(
        (series, interval) ->
            all.merge(
                series,
                Intervals.NONE.with(interval.mint(), interval.maxt()),
                (old, _) -> old.with(interval.mint(), interval.maxt())));
    return new Tombstones(all);
  }

  /** Reads a block's file; none where it is absent. */
  public static Tombstones read(Path blockFolder) {
    Path path = blockFolder.resolve(NAME);
    if (!Files.exists(path)) {
      return NONE;
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new StorageException("cannot read " + path + ": " + FileErrors.reason(e), e);
    }
    try {
      return parse(path, bytes);
    } catch (CorruptionException e) {
      throw e;
    } catch (DecodeException e) {
      throw new CorruptionException(path, HEADER_BYTES, e.getMessage(), e);
    }
  }

  private static Tombstones parse(Path path, byte[] bytes) {
    if (bytes.length < HEADER_BYTES + 4) {
      throw new CorruptionException(path, 0, "tombstones header: invalid size " + bytes.length);
    }
    ByteReader in = new ByteReader(bytes);
    int magic = in.u32();
    if (magic != MAGIC) {
      throw new CorruptionException(path, 0, "invalid magic number " + Integer.toHexString(magic));
    }
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptionException(path, 4, "invalid tombstone format " + version);
    }
    int length = bytes.length - HEADER_BYTES - 4;
    int expected = new ByteReader().reset(bytes, bytes.length - 4, 4).u32();
    int actual = Crc32c.of(bytes, HEADER_BYTES, length);
    if (expected != actual) {
      throw new CorruptionException(
          path,
          HEADER_BYTES,
          "checksum did not match: expected "
              + Integer.toHexString(expected)
              + ", found "
              + Integer.toHexString(actual));
    }
    in.reset(bytes, HEADER_BYTES, length);
    Map<Integer, Intervals> bySeries = new TreeMap<>();
    while (in.hasRemaining()) {
      int series = (int) in.uvarint();
      long mint = in.varint();
      long maxt = in.varint();
      bySeries.merge(series, Intervals.NONE.with(mint, maxt), (old, _) -> old.with(mint, maxt));
    }
    return new Tombstones(bySeries);
  }

  /** Replaces a block's file as a whole and syncs it to disk. */
  public void write(Path blockFolder) {
    ByteWriter out = new ByteWriter(64);
    out.u32(MAGIC);
    out.u8(VERSION);
    bySeries.forEach(
        (series, intervals) -> {
          for (Intervals.Interval interval : intervals.list()) {
            out.uvarint(series & 0xFFFFFFFFL);
            out.varint(interval.mint());
            out.varint(interval.maxt());
          }
        });
    out.u32(Crc32c.of(out.array(), HEADER_BYTES, out.length() - HEADER_BYTES));
    Path temporary = blockFolder.resolve(NAME + ".tmp");
    BlockMetaFile.writeSynced(temporary, out.toByteArray());
    Folders.rename(temporary, blockFolder.resolve(NAME));
  }
}
