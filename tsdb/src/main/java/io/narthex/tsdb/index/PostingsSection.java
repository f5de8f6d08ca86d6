package io.narthex.tsdb.index;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.MappedFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * Gathers the postings of an index from its series section and writes them, one list for each name
 * and value, names and values ascending; then the table that says where each list is.
 *
 * <p>Label names are taken in batches, one walk over the series for each, so that at any time no
 * more pairs are in memory than there are series or a fixed number.
 */
final class PostingsSection {
  private static final long PAIRS_AT_ONCE = 2_000_000;

  /** The name's symbol number that stands for the list of all series. */
  private static final int ALL = -1;

  private final IndexOutput file;
  private final SymbolNumbers symbols;
  private final int[] nameUses;
  private final long seriesStart;
  private final long seriesEnd;
  private final int seriesCount;

  /** Name, value and offset of each list. */
  private int[] names = new int[1024];

  private int[] values = new int[1024];
  private long[] offsets = new long[1024];
  private int lists;

  PostingsSection(
      IndexOutput file,
      SymbolNumbers symbols,
      int[] nameUses,
      long seriesStart,
      long seriesEnd,
      long seriesCount) {
    this.file = file;
    this.symbols = symbols;
    this.nameUses = nameUses;
    this.seriesStart = seriesStart;
    this.seriesEnd = seriesEnd;
    this.seriesCount = Math.toIntExact(seriesCount);
  }

  void write() {
    try (MappedFile mapped = MappedFile.map(file.path(), file.channel(), seriesEnd)) {
      int[] all = allSeries(mapped);
      list(ALL, 0, all, 0, all.length);
      int next = 0;
      while (next < nameUses.length) {
        next = batch(mapped, next);
      }
    } catch (IOException e) {
      throw new StorageException("cannot map " + file.path() + ": " + FileErrors.reason(e), e);
    }
  }

  private int[] allSeries(MappedFile mapped) {
    int[] all = new int[seriesCount];
    SeriesWalk walk = new SeriesWalk(mapped);
    for (int i = 0; walk.next(); i++) {
      all[i] = walk.number();
    }
    return all;
  }

  /** Writes the lists of as many names as fit, and returns where to go on. */
  private int batch(MappedFile mapped, int from) {
    long limit = Math.max(seriesCount, PAIRS_AT_ONCE);
    int to = from;
    long pairs = 0;
    while (to < nameUses.length && pairs + nameUses[to] <= limit) {
      pairs += nameUses[to++];
    }
    if (pairs == 0) {
      return to;
    }
    // For each name: value's symbol number and series number in one long, in the order of series.
    long[][] byName = new long[to - from][];
    int[] filled = new int[to - from];
    SeriesWalk walk = new SeriesWalk(mapped);
    while (walk.next()) {
      ByteReader entry = walk.entry();
      for (int labels = (int) entry.uvarint(); labels > 0; labels--) {
        int name = (int) entry.uvarint();
        long value = entry.uvarint();
        if (name >= from && name < to) {
          int i = name - from;
          if (byName[i] == null) {
            byName[i] = new long[nameUses[name]];
          }
          byName[i][filled[i]++] = value << 32 | walk.number();
        }
      }
    }
    for (int i = 0; i < byName.length; i++) {
      if (byName[i] != null) {
        lists(from + i, byName[i]);
        byName[i] = null;
      }
    }
    return to;
  }

  private void lists(int name, long[] pairs) {
    Arrays.sort(pairs);
    int[] numbers = new int[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      numbers[i] = (int) pairs[i];
    }
    int start = 0;
    for (int i = 1; i <= pairs.length; i++) {
      if (i == pairs.length || pairs[i] >>> 32 != pairs[start] >>> 32) {
        list(name, (int) (pairs[start] >>> 32), numbers, start, i);
        start = i;
      }
    }
  }

  private void list(int name, int value, int[] numbers, int from, int to) {
    file.pad(IndexFormat.POSTINGS_ALIGNMENT);
    remember(name, value, file.position());
    ByteWriter out = file.out();
    int bytes = 4 + 4 * (to - from);
    out.reserve(bytes + 8);
    out.u32(bytes);
    int start = out.length();
    out.u32(to - from);
    for (int i = from; i < to; i++) {
      out.u32(numbers[i]);
    }
    out.u32(Crc32c.of(out.array(), start, bytes));
    file.mayFlush();
  }

  private void remember(int name, int value, long offset) {
    if (lists == names.length) {
      names = Arrays.copyOf(names, 2 * lists);
      values = Arrays.copyOf(values, 2 * lists);
      offsets = Arrays.copyOf(offsets, 2 * lists);
    }
    names[lists] = name;
    values[lists] = value;
    offsets[lists++] = offset;
  }

  void writeTable() {
    long start = file.position();
    ByteWriter out = file.out();
    out.u32(0);
    file.startChecksum();
    out.u32(lists);
    for (int i = 0; i < lists; i++) {
      out.u8(2);
      out.string(names[i] == ALL ? "" : symbols.symbol(names[i]));
      out.string(names[i] == ALL ? "" : symbols.symbol(values[i]));
      out.uvarint(offsets[i]);
      file.mayFlush();
    }
    IndexWriter.patchLength(file, start, "postings offset table");
    file.writeChecksum();
  }

  /** Goes over the entries of the series section. */
  private final class SeriesWalk {
    private static final int WINDOW = 1 << 16;

    private final MappedFile mapped;
    private final ByteReader reader = new ByteReader();
    private byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    private long next = seriesStart;
    private long current;

    SeriesWalk(MappedFile mapped) {
      this.mapped = mapped;
    }

    boolean next() {
      long aligned =
          (next + IndexFormat.SERIES_ALIGNMENT - 1) & -(long) IndexFormat.SERIES_ALIGNMENT;
      if (aligned >= seriesEnd) {
        return false;
      }
      load(aligned, 10);
      int length = (int) reader.uvarint();
      int header = reader.consumed();
      load(aligned, header + length);
      reader.skip(header);
      current = aligned;
      next = aligned + header + length + 4;
      return true;
    }

    private void load(long at, int bytes) {
      if (at < windowStart || at + bytes > windowStart + windowLength) {
        if (bytes > window.length) {
          window = new byte[2 * bytes];
        }
        windowStart = at;
        windowLength = mapped.copyUpTo(at, window, window.length);
      }
      int offset = (int) (at - windowStart);
      reader.reset(window, offset, Math.min(bytes, windowLength - offset));
    }

    ByteReader entry() {
      return reader;
    }

    int number() {
      return (int) (current / IndexFormat.SERIES_ALIGNMENT);
    }
  }
}
