package io.narthex.tsdb.wal;

/** How records are compressed before they are cut into pages. */
public enum WalCompression {
  NONE("none"),
  SNAPPY("snappy"),
  ZSTD("zstd");

  private final String flag;

  WalCompression(String flag) {
    this.flag = flag;
  }

  /** As the flag {@code --storage.tsdb.wal-compression-type} and metric labels name it. */
  public String flag() {
    return flag;
  }
}
