package io.narthex.tsdb.chunk;

/**
 * The bit rules of start times, which follow their samples in chunks of the encodings that have
 * them; without state, as {@link XorBits}.
 *
 * <p>The header byte says which samples have one: the top bit the first sample, the other bits the
 * index of the first later sample from which on all have, 0 where none has. Samples before that
 * index share the first one's start time. As an index has to fit 7 bits, samples from {@link
 * #LAST_INDEX} on always have one. A start time is written as its distance before the time of the
 * sample before (the first sample: its own time), the first sample's as varint, that of the index
 * as varbit, later ones as varbit difference to the distance before.
 */
public final class StartTimeBits {
  private static final int FIRST_KNOWN = 0x80;
  private static final int LAST_INDEX = 0x7F;

  private StartTimeBits() {}

  /**
   * The header after a further sample.
   *
   * @param header before it; 0 before the first sample
   * @param index of the sample, from 0
   * @param start of the sample, 0 where it has none
   * @param startBefore of the sample before
   */
  public static int header(int header, int index, long start, long startBefore) {
    if (index == 0) {
      return start == 0 ? 0 : FIRST_KNOWN;
    }
    boolean begins = changesFrom(header) == 0 && (start != startBefore || index == LAST_INDEX);
    return begins ? header | index : header;
  }

  /** Whether the first sample has a start time. */
  static boolean firstKnown(int header) {
    return (header & FIRST_KNOWN) != 0;
  }

  /** From which sample on all have a start time of their own; 0 where none has. */
  static int changesFrom(int header) {
    return header & LAST_INDEX;
  }

  /**
   * Writes a sample's start time where the header asks for one.
   *
   * @param header after the sample
   * @param index of the sample, from 0
   * @param distance from its start time to the time of the sample before (index 0: to its own time)
   * @param distanceBefore the same of the sample before
   */
  public static long put(
      byte[] to, long bitPosition, int header, int index, long distance, long distanceBefore) {
    if (index == 0) {
      return firstKnown(header) ? BitWriter.varint(to, bitPosition, distance) : bitPosition;
    }
    int from = changesFrom(header);
    if (from == 0) {
      return bitPosition;
    }
    return BitWriter.varbit(to, bitPosition, index == from ? distance : distance - distanceBefore);
  }
}
