package io.narthex.tsdb.damage;

import java.nio.file.Path;

/** What a file of a data directory is. */
enum Kind {
  WAL,
  CHECKPOINT,
  WBL,
  HEAD_CHUNKS,
  CHUNKS,
  INDEX,
  TOMBSTONES,
  META,
  SERIES_STATE,
  LOCK;

  /**
   * @param file relative to the data directory
   */
  static Kind of(Path file) {
    String name = file.getFileName().toString();
    String folder = file.getNameCount() > 1 ? file.getName(0).toString() : "";
    return switch (folder) {
      case "" -> LOCK;
      case "wal" ->
          name.equals("series_state.json")
              ? SERIES_STATE
              : file.getNameCount() > 2 ? CHECKPOINT : WAL;
      case "wbl" -> WBL;
      case "chunks_head" -> HEAD_CHUNKS;
      default ->
          switch (name) {
            case "index" -> INDEX;
            case "tombstones" -> TOMBSTONES;
            case "meta.json" -> META;
            default -> CHUNKS;
          };
    };
  }

  boolean isOfBlock() {
    return this == CHUNKS || this == INDEX || this == TOMBSTONES || this == META;
  }
}
