package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.encoding.CorruptionException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Full chunks found at start, by series reference, until the log tells whose they are. */
final class MappedChunkLists {
  private static final Logger LOG = LoggerFactory.getLogger(MappedChunkLists.class);

  private final FullChunks chunks;
  private final long minValidTime;
  private final OutOfOrderReplay outOfOrder;
  private RefMap numbers = new RefMap();
  private long[] lists = new long[64];
  private long[] lastTimes = new long[64];
  private int size;
  private long count;
  private long overlapping;

  /**
   * @param outOfOrder told of all chunks, and takes those out of order
   */
  MappedChunkLists(FullChunks chunks, long minValidTime, OutOfOrderReplay outOfOrder) {
    this.chunks = chunks;
    this.outOfOrder = outOfOrder;
    this.minValidTime = minValidTime;
  }

  /**
   * Reads the files; damaged ones are deleted, since the log has their samples as well.
   *
   * @return whether none was
   */
  boolean load(HeadChunkFiles files, HeadMetrics metrics) {
    boolean whole = true;
    try {
      files.visit(this::add);
    } catch (CorruptionException damage) {
      whole = false;
      metrics.mmapChunkCorruptions.inc();
      LOG.atWarn()
          .addKeyValue("err", damage.getMessage())
          .log("Loading on-disk chunks failed: the damaged file and later ones are deleted");
      files.deleteFrom(damage);
      clear();
      files.visit(this::add);
    }
    if (overlapping > 0) {
      LOG.atWarn()
          .addKeyValue("chunks", overlapping)
          .log("Head chunks overlap earlier ones of their series and are left out");
    }
    return whole;
  }

  private void add(
      long ref,
      long chunkRef,
      long mint,
      long maxt,
      int samples,
      ChunkEncoding encoding,
      boolean isOutOfOrder) {
    outOfOrder.chunk(ref, chunkRef, mint, maxt, encoding, isOutOfOrder);
    if (isOutOfOrder) {
      return;
    }
    if (maxt < minValidTime || ref <= 0 || ref >= RefMap.LIMIT) {
      return;
    }
    int number = numbers.row(ref);
    if (number < 0) {
      number = newList(ref);
    } else if (mint <= lastTimes[number]) {
      overlapping++;
      return;
    }
    long list = chunks.add(lists[number], mint, maxt, chunkRef, encoding);
    if (list != -1) {
      lists[number] = list;
      lastTimes[number] = maxt;
      count++;
    }
  }

  private int newList(long ref) {
    if (size == lists.length) {
      lists = Arrays.copyOf(lists, size * 2);
      lastTimes = Arrays.copyOf(lastTimes, size * 2);
    }
    lists[size] = FullChunks.EMPTY;
    numbers.put(ref, size);
    return size++;
  }

  private void clear() {
    for (int i = 0; i < size; i++) {
      chunks.free(lists[i]);
    }
    numbers = new RefMap();
    size = 0;
    count = 0;
    outOfOrder.clear();
    overlapping = 0;
  }

  /** Takes the list of a series out; {@link FullChunks#EMPTY} where it has none. */
  long take(long ref) {
    int number = numbers.row(ref);
    if (number < 0) {
      return FullChunks.EMPTY;
    }
    long list = lists[number];
    lists[number] = FullChunks.EMPTY;
    return list;
  }

  /** Frees the lists that nobody took; says how many chunks were in them. */
  long dropRest() {
    long dropped = 0;
    for (int i = 0; i < size; i++) {
      dropped += FullChunks.count(lists[i]);
      chunks.free(lists[i]);
    }
    return dropped;
  }

  long count() {
    return count;
  }
}
