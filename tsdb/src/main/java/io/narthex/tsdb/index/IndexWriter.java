package io.narthex.tsdb.index;

import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.WritePace;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes an index of version 2. Use: {@link #symbols}, then {@link #series} in the order of labels,
 * then {@link #finish}.
 *
 * <p>Memory: the symbols, and the postings of a few label names at a time; postings are gathered
 * from the series section when that is complete.
 */
public final class IndexWriter implements AutoCloseable {
  private static final int MAX_SERIES_BYTES = Integer.MAX_VALUE;

  private final IndexOutput file;
  private final SymbolNumbers symbols = new SymbolNumbers();
  private final ByteWriter entry = new ByteWriter(1024);
  private long symbolsStart;
  private long seriesStart;
  private long seriesCount;

  /** How many series have the label name with the symbol number. */
  private int[] nameUses = new int[0];

  private Labels last = Labels.EMPTY;

  public IndexWriter(Path path) {
    this(path, WritePace.FULL);
  }

  /**
   * @param pace told of what is written
   */
  public IndexWriter(Path path, WritePace pace) {
    file = new IndexOutput(path, pace);
    file.out().u32(IndexFormat.MAGIC);
    file.out().u8(IndexFormat.V2);
  }

  /** All names and values of labels to come, ascending by UTF-8 bytes, unique. */
  public void symbols(Iterator<String> sorted) {
    symbols.addAll(sorted);
    nameUses = new int[symbols.count()];
    symbolsStart = file.position();
    ByteWriter out = file.out();
    out.u32(0);
    file.startChecksum();
    out.u32(symbols.count());
    for (int i = 0; i < symbols.count(); i++) {
      out.string(symbols.symbol(i));
      file.mayFlush();
    }
    patchLength(symbolsStart, "symbol table");
    file.writeChecksum();
    seriesStart = file.position();
  }

  /** Adds a series with its chunks, which must not overlap. */
  public void series(Labels labels, ChunkMetas chunks) {
    if (seriesCount > 0 && labels.compareTo(last) <= 0) {
      throw new IllegalStateException(
          "BUG: out-of-order series added with label set " + labels + ", last label set " + last);
    }
    last = labels;
    file.pad(IndexFormat.SERIES_ALIGNMENT);
    if (file.position() / IndexFormat.SERIES_ALIGNMENT > MAX_SERIES_BYTES) {
      throw new StorageException(file.path() + ": series section exceeds 32 GiB");
    }
    entry.clear();
    entry.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      int name = symbols.number(labels.name(i));
      nameUses[name]++;
      entry.uvarint(name);
      entry.uvarint(symbols.number(labels.value(i)));
    }
    chunks(chunks);
    ByteWriter out = file.out();
    out.uvarint(entry.length());
    out.bytes(entry);
    out.u32(Crc32c.of(entry.array(), 0, entry.length()));
    file.mayFlush();
    seriesCount++;
  }

  private void chunks(ChunkMetas chunks) {
    entry.uvarint(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      long mint = chunks.mint(i);
      if (i == 0) {
        entry.varint(mint);
      } else {
        if (mint <= chunks.maxt(i - 1)) {
          throw new IllegalStateException(
              "BUG: chunk minT "
                  + mint
                  + " is not higher than previous chunk maxT "
                  + chunks.maxt(i - 1));
        }
        entry.uvarint(mint - chunks.maxt(i - 1));
      }
      entry.uvarint(chunks.maxt(i) - mint);
      if (i == 0) {
        entry.uvarint(chunks.ref(0));
      } else {
        entry.varint(chunks.ref(i) - chunks.ref(i - 1));
      }
    }
  }

  public long seriesCount() {
    return seriesCount;
  }

  /** Writes postings, their table and the table of contents, and syncs the file to disk. */
  public void finish() {
    long seriesEnd = file.position();
    file.flush();
    file.pad(IndexFormat.POSTINGS_ALIGNMENT);
    PostingsSection postings =
        new PostingsSection(file, symbols, nameUses, seriesStart, seriesEnd, seriesCount);
    postings.write();
    long tableStart = file.position();
    postings.writeTable();
    ByteWriter out = file.out();
    int toc = out.length();
    out.u64(symbolsStart);
    out.u64(seriesStart);
    out.u64(seriesEnd);
    out.u64(tableStart);
    // Postings, too, start at the padding before them.
    out.u64(seriesEnd);
    out.u64(tableStart);
    out.u32(Crc32c.of(out.array(), toc, out.length() - toc));
    file.sync();
  }

  private void patchLength(long start, String what) {
    patchLength(file, start, what);
  }

  static void patchLength(IndexOutput file, long start, String what) {
    long length = file.position() - start - 4;
    if (length > 0xFFFFFFFFL) {
      throw new StorageException(file.path() + ": " + what + " size exceeds 4 bytes: " + length);
    }
    file.patch(start, (int) length);
  }

  @Override
  public void close() {
    file.close();
  }
}
