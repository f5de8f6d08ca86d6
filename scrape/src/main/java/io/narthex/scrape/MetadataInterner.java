package io.narthex.scrape;

import java.util.concurrent.ConcurrentHashMap;

/**
 * One object for equal metadata of all targets, since the targets of a job mostly say the same.
 * Starts afresh when it has grown large, which costs nothing but sharing.
 */
final class MetadataInterner {
  private static final int MAX_SIZE = 100_000;

  private final ConcurrentHashMap<FamilyMetadata, FamilyMetadata> known = new ConcurrentHashMap<>();

  FamilyMetadata intern(FamilyMetadata metadata) {
    if (known.size() > MAX_SIZE) {
      known.clear();
    }
    FamilyMetadata earlier = known.putIfAbsent(metadata, metadata);
    return earlier == null ? metadata : earlier;
  }
}
