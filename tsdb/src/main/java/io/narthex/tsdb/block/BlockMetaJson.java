package io.narthex.tsdb.block;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Parses meta.json; fields that it does not know are passed over. */
final class BlockMetaJson {
  private static final JsonFactory JSON = new JsonFactory();

  private static final List<String> REQUIRED = List.of("ulid", "minTime", "maxTime");

  private final JsonParser in;

  private BlockMetaJson(JsonParser in) {
    this.in = in;
  }

  /**
   * @throws IllegalArgumentException where the text is malformed or has no block in it
   */
  static BlockMeta parse(String text) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      expect(in.nextToken(), JsonToken.START_OBJECT);
      return new BlockMetaJson(in).meta();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("malformed JSON: " + e.getOriginalMessage(), e);
    }
  }

  private BlockMeta meta() {
    Set<String> present = new HashSet<>();
    Ulid ulid = new Ulid(0, 0);
    long minTime = 0;
    long maxTime = 0;
    int version = 0;
    BlockMeta.Stats stats = BlockMeta.Stats.EMPTY;
    BlockMeta.Compaction compaction =
        new BlockMeta.Compaction(0, List.of(), false, List.of(), false, List.of());
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      present.add(name);
      in.nextToken();
      switch (name) {
        case "ulid" -> ulid = ulid();
        case "minTime" -> minTime = in.getLongValue();
        case "maxTime" -> maxTime = in.getLongValue();
        case "version" -> version = in.getIntValue();
        case "stats" -> stats = stats();
        case "compaction" -> compaction = compaction();
        default -> in.skipChildren();
      }
    }
    expect(in.currentToken(), JsonToken.END_OBJECT);
    for (String name : REQUIRED) {
      if (version == BlockMeta.VERSION && !present.contains(name)) {
        throw new IllegalArgumentException("\"" + name + "\" is missing");
      }
    }
    return new BlockMeta(ulid, minTime, maxTime, stats, compaction, version);
  }

  private BlockMeta.Stats stats() {
    long samples = 0;
    long floats = 0;
    long histograms = 0;
    long series = 0;
    long chunks = 0;
    long tombstones = 0;
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "numSamples" -> samples = in.getLongValue();
        case "numFloatSamples" -> floats = in.getLongValue();
        case "numHistogramSamples" -> histograms = in.getLongValue();
        case "numSeries" -> series = in.getLongValue();
        case "numChunks" -> chunks = in.getLongValue();
        case "numTombstones" -> tombstones = in.getLongValue();
        default -> in.skipChildren();
      }
    }
    return new BlockMeta.Stats(samples, floats, histograms, series, chunks, tombstones);
  }

  private BlockMeta.Compaction compaction() {
    int level = 0;
    List<Ulid> sources = new ArrayList<>();
    boolean deletable = false;
    List<BlockMeta.Parent> parents = new ArrayList<>();
    boolean failed = false;
    List<String> hints = new ArrayList<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "level" -> level = in.getIntValue();
        case "deletable" -> deletable = in.getBooleanValue();
        case "failed" -> failed = in.getBooleanValue();
        case "sources" -> eachElement(() -> sources.add(ulid()));
        case "hints" -> eachElement(() -> hints.add(in.getString()));
        case "parents" -> eachElement(() -> parents.add(parent()));
        default -> in.skipChildren();
      }
    }
    return new BlockMeta.Compaction(level, sources, deletable, parents, failed, hints);
  }

  private BlockMeta.Parent parent() {
    Ulid ulid = new Ulid(0, 0);
    long minTime = 0;
    long maxTime = 0;
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "ulid" -> ulid = ulid();
        case "minTime" -> minTime = in.getLongValue();
        case "maxTime" -> maxTime = in.getLongValue();
        default -> in.skipChildren();
      }
    }
    return new BlockMeta.Parent(ulid, minTime, maxTime);
  }

  /** A null stands for an empty list. */
  private void eachElement(Runnable action) {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(in.currentToken(), JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      action.run();
    }
  }

  private Ulid ulid() {
    String text = in.getString();
    return Ulid.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not a block ULID"));
  }

  private static void expect(JsonToken actual, JsonToken expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "malformed JSON: " + expected + " expected, found " + actual);
    }
  }

  /** Appends text as JSON wants it between quotes. */
  static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
