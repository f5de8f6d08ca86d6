package io.narthex.scrape;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionCursor;
import io.narthex.model.metadata.MetricMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one target says of its metric families. A line that stands where it stood the last time is
 * known by its hash and costs no more than that. The scrape writes, the API reads: methods lock.
 */
final class MetadataCache implements FamilyMetadataSource {
  /** For so many scrapes a family is remembered after the target has dropped it. */
  private static final int KEPT_SCRAPES = 10;

  /** One family; the metadata changes with the lines that speak of it. */
  static final class Family {
    private FamilyMetadata metadata;
    private int lastScrape;
    private int changedScrape;
    private int version;

    private Family(FamilyMetadata metadata) {
      this.metadata = metadata;
    }

    FamilyMetadata metadata() {
      return metadata;
    }
  }

  private final MetadataInterner interner;
  private final SpanHash hash;
  private final Map<String, Family> families = new HashMap<>();
  private long[] lineHashes = new long[16];
  private @Nullable Family[] lineFamilies = new Family[16];
  private int[] lineVersions = new int[16];
  private int line;
  private int scrape;

  MetadataCache(MetadataInterner interner, SpanHash.Keys keys) {
    this.interner = interner;
    this.hash = new SpanHash(keys);
  }

  /** Starts on a body. */
  synchronized void begin() {
    line = 0;
  }

  /** Takes the line that the cursor stands on; the family that it speaks of. */
  synchronized Family line(Entry entry, ExpositionCursor cursor) {
    hash.hash(cursor.buffer(), cursor.familyStart(), cursor.textEnd());
    long lineHash = hash.low() + entry.ordinal();
    if (line == lineHashes.length) {
      lineHashes = Arrays.copyOf(lineHashes, 2 * line);
      lineFamilies = Arrays.copyOf(lineFamilies, 2 * line);
      lineVersions = Arrays.copyOf(lineVersions, 2 * line);
    }
    Family known = lineFamilies[line];
    // Another line may have changed the family since: then this one has to be taken again.
    if (known == null || lineHashes[line] != lineHash || lineVersions[line] != known.version) {
      known = change(entry, cursor);
      lineHashes[line] = lineHash;
      lineFamilies[line] = known;
      lineVersions[line] = known.version;
    }
    known.lastScrape = scrape;
    line++;
    return known;
  }

  private Family change(Entry entry, ExpositionCursor cursor) {
    String name = cursor.family();
    Family family = families.get(name);
    if (family == null) {
      family = new Family(interner.intern(new FamilyMetadata(name, MetricMetadata.EMPTY)));
      families.put(family.metadata.family(), family);
    }
    MetricMetadata old = family.metadata.metadata();
    MetricMetadata now =
        switch (entry) {
          case TYPE -> new MetricMetadata(cursor.type(), old.unit(), old.help());
          case HELP -> new MetricMetadata(old.type(), old.unit(), cursor.text());
          case UNIT -> new MetricMetadata(old.type(), cursor.text(), old.help());
          case SERIES, COMMENT, END ->
              throw new IllegalStateException("BUG: " + entry + " is no metadata");
        };
    if (!now.equals(old)) {
      family.metadata = interner.intern(new FamilyMetadata(family.metadata.family(), now));
      family.changedScrape = scrape;
      family.version++;
    }
    return family;
  }

  /** Whether this scrape has changed what is known of the family. */
  synchronized boolean changed(Family family) {
    return family.changedScrape == scrape;
  }

  /** Ends a scrape; whole bodies let go of families that have been gone for long. */
  synchronized void end(boolean whole) {
    if (whole) {
      Arrays.fill(lineFamilies, line, lineFamilies.length, null);
      families.values().removeIf(family -> scrape - family.lastScrape > KEPT_SCRAPES);
    }
    scrape++;
  }

  @Override
  public synchronized List<FamilyMetadata> families() {
    List<FamilyMetadata> out = new ArrayList<>(families.size());
    families.values().forEach(family -> out.add(family.metadata));
    return out;
  }

  @Override
  public synchronized Optional<FamilyMetadata> family(String name) {
    return Optional.ofNullable(families.get(name)).map(family -> family.metadata);
  }

  synchronized int size() {
    return families.size();
  }

  /** Length of all texts in characters. */
  synchronized long textLength() {
    long length = 0;
    for (Family family : families.values()) {
      MetricMetadata m = family.metadata.metadata();
      length += m.help().length() + m.unit().length() + m.type().text().length();
    }
    return length;
  }
}
