package io.narthex.tsdb.index;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.MappedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * An open index. Methods may be called by several threads; the caller keeps the file mapped ({@link
 * #close} must not come before they return).
 *
 * <p>Series are named by their numbers in the postings.
 */
public final class IndexReader implements PostingsSource, AutoCloseable {
  /** Entries are smaller, but nothing forbids larger ones. */
  private static final int LARGE_BYTES = 1 << 20;

  private final MappedFile file;
  private final int version;
  private final IndexSymbols symbols;
  private final PostingsTable table;

  private IndexReader(MappedFile file) {
    this.file = file;
    if (file.size() < IndexFormat.HEADER_BYTES + IndexFormat.TOC_BYTES) {
      throw file.corrupted(0, "index header: invalid size " + file.size());
    }
    if (file.u32(0) != IndexFormat.MAGIC) {
      throw file.corrupted(0, "invalid magic number " + Integer.toHexString(file.u32(0)));
    }
    version = file.u8(4);
    if (version < IndexFormat.V1 || version > IndexFormat.V3) {
      throw file.corrupted(4, "unknown index file version " + version);
    }
    long toc = file.size() - IndexFormat.TOC_BYTES;
    file.checkCrc32c(toc, IndexFormat.TOC_BYTES - 4, "read TOC");
    symbols = new IndexSymbols(file, version, file.u64(toc));
    long tableStart = file.u64(toc + 5 * 8);
    table =
        version == IndexFormat.V1
            ? new LoadedPostingsTable(file, tableStart)
            : new SparsePostingsTable(file, tableStart);
  }

  public static IndexReader open(Path path) {
    MappedFile file = MappedFile.open(path);
    try {
      return new IndexReader(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public int version() {
    return version;
  }

  public long sizeBytes() {
    return file.size();
  }

  /** Memory that the symbol table takes, in bytes. */
  public long symbolTableBytes() {
    return symbols.sizeBytes();
  }

  /** All symbols in ascending order. */
  public Iterator<String> symbols() {
    return symbols.iterator();
  }

  /** Label names, ascending. */
  public List<String> labelNames() {
    return table.names();
  }

  /** A label's values, ascending, at most so many; a limit of 0 is none. */
  public List<String> labelValues(String name, int limit) {
    List<String> values = new ArrayList<>();
    table.visit(
        name,
        "",
        (value, _) -> {
          values.add(value);
          return limit == 0 || values.size() < limit;
        });
    return values;
  }

  public int labelValueCount(String name) {
    return table.valueCount(name);
  }

  @Override
  public int[] all() {
    return with("", "");
  }

  @Override
  public int[] with(String name, String value) {
    long offset = table.find(name, value);
    return offset == PostingsTable.ABSENT ? Postings.NONE : postings(offset);
  }

  @Override
  public int[] withAny(String name, List<String> values) {
    List<int[]> lists = new ArrayList<>(values.size());
    for (String value : values) {
      int[] list = with(name, value);
      if (list.length > 0) {
        lists.add(list);
      }
    }
    return Postings.union(lists);
  }

  @Override
  public int[] withMatching(String name, String prefix, Predicate<String> passes) {
    List<int[]> lists = new ArrayList<>();
    table.visit(
        name,
        prefix,
        (value, offset) -> {
          if (passes.test(value)) {
            lists.add(postings(offset));
          }
          return true;
        });
    return Postings.union(lists);
  }

  @Override
  public int[] withName(String name) {
    return withMatching(name, "", _ -> true);
  }

  private int[] postings(long at) {
    long length = file.u32(at) & 0xFFFFFFFFL;
    file.checkCrc32c(at + 4, length, "postings");
    int count = file.u32(at + 4);
    if (count < 0 || 4L * count + 4 > length) {
      throw file.corrupted(at, "postings of " + count + " series in " + length + " bytes");
    }
    int[] numbers = new int[count];
    file.copyInts(at + 8, numbers, count);
    return numbers;
  }

  /**
   * Reads a series' entry.
   *
   * @param chunks receives the chunks
   * @param scratch at least 64 bytes; a larger one is used for this call where it does not do
   */
  public Labels series(int number, ChunkMetas chunks, byte[] scratch) {
    ByteReader entry = entry(number, scratch);
    try {
      int n = entry.count();
      String[] pairs = new String[2 * n];
      for (int i = 0; i < 2 * n; i++) {
        pairs[i] = symbols.lookup(entry.uvarint());
      }
      chunks(entry, chunks);
      return Labels.ofSorted(pairs);
    } catch (DecodeException e) {
      throw file.corrupted(offset(number), "series entry: " + e.getMessage());
    }
  }

  /** Reads a series' chunks only. */
  public void chunks(int number, ChunkMetas chunks, byte[] scratch) {
    ByteReader entry = entry(number, scratch);
    try {
      for (int n = 2 * entry.count(); n > 0; n--) {
        entry.uvarint();
      }
      chunks(entry, chunks);
    } catch (DecodeException e) {
      throw file.corrupted(offset(number), "series entry: " + e.getMessage());
    }
  }

  private long offset(int number) {
    long unsigned = number & 0xFFFFFFFFL;
    return version == IndexFormat.V1 ? unsigned : unsigned * IndexFormat.SERIES_ALIGNMENT;
  }

  private ByteReader entry(int number, byte[] scratch) {
    long at = offset(number);
    int have = file.copyUpTo(at, scratch, scratch.length);
    ByteReader reader = new ByteReader().reset(scratch, 0, have);
    long length = entryLength(reader, at);
    int header = reader.consumed();
    if (length < 0 || length > file.size() - at - header - 4) {
      throw file.corrupted(
          at, "series entry of " + length + " bytes runs over the end of the file");
    }
    if (length > LARGE_BYTES) {
      // Before memory is taken for an entry that is large only where its length is damaged.
      file.checkCrc32c(at + header, length, "series entry");
    }
    int total = header + (int) length + 4;
    byte[] bytes = scratch;
    if (total > have) {
      bytes = new byte[total];
      file.copy(at, bytes, 0, total);
    }
    int expected = reader.reset(bytes, total - 4, 4).u32();
    if (Crc32c.of(bytes, header, (int) length) != expected) {
      throw file.corrupted(at, "series entry: invalid checksum");
    }
    return reader.reset(bytes, header, (int) length);
  }

  private long entryLength(ByteReader reader, long at) {
    try {
      return reader.uvarint();
    } catch (DecodeException e) {
      throw file.corrupted(at, "series entry: " + e.getMessage());
    }
  }

  private static void chunks(ByteReader entry, ChunkMetas chunks) {
    chunks.clear();
    int n = entry.count();
    if (n == 0) {
      return;
    }
    long mint = entry.varint();
    long maxt = mint + entry.uvarint();
    long ref = entry.uvarint();
    chunks.add(mint, maxt, ref);
    for (int i = 1; i < n; i++) {
      mint = maxt + entry.uvarint();
      maxt = mint + entry.uvarint();
      ref += entry.varint();
      chunks.add(mint, maxt, ref);
    }
  }

  /** Ends the owner's hold on the file. */
  @Override
  public void close() {
    file.close();
  }
}
