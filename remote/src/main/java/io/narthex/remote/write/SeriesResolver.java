package io.narthex.remote.write;

import io.narthex.model.labels.Labels;
import io.narthex.remote.codec.WireReader;
import io.narthex.storage.Appender;

/**
 * Finds the series of a message's labels: by the hash of their bytes, else by the labels
 * themselves. Serves one request at a time and one series after the other.
 *
 * <p>Labels are taken as encoded in protocol 1.0: fields of number 1, each a message of name (1)
 * and value (2). Their bytes need not be canonical: another encoding or order of the same labels
 * only misses the cache once.
 */
final class SeriesResolver {
  private static final int LABEL_TAG = 1 << 3 | WireReader.BYTES;

  private final SeriesRefCache cache;
  private final LabelHash hash;
  private final LabelDecoder decoder = new LabelDecoder();
  private byte[] data = {};
  private int from;
  private int to;
  private long ref;

  SeriesResolver(SeriesRefCache cache, LabelHash hash) {
    this.cache = cache;
    this.hash = hash;
  }

  /**
   * Turns to the labels that fill a range of bytes. Nothing is created in the storage yet.
   *
   * @return whether they are valid
   */
  boolean select(byte[] bytes, int start, int end) {
    data = bytes;
    from = start;
    to = end;
    hash.hash(bytes, start, end);
    ref = cache.get(hash.low(), hash.high());
    // What is in the cache has been found valid before.
    return ref != 0 || decoder.decode(bytes, start, end);
  }

  /** The reference of the selected series, which is created where it is new. */
  long ref(Appender appender) {
    return ref != 0 ? ref : create(appender);
  }

  /** As above, where the storage has said that it does not know the reference (any more). */
  long renew(Appender appender) {
    if (!decoder.decode(data, from, to)) {
      throw new IllegalStateException("BUG: invalid labels were cached");
    }
    return create(appender);
  }

  private long create(Appender appender) {
    ref = appender.series(decoder.labels());
    cache.put(hash.low(), hash.high(), ref);
    return ref;
  }

  /** The labels of the selected series, for messages. */
  Labels labels() {
    decoder.decode(data, from, to);
    return decoder.labels();
  }

  /** Why the selected labels are invalid. */
  String problem() {
    return decoder.problem();
  }

  /** Labels of an exemplar. */
  Labels exemplarLabels(byte[] bytes, int start, int end) {
    return LabelDecoder.unchecked(bytes, start, end);
  }

  static int labelTag() {
    return LABEL_TAG;
  }
}
