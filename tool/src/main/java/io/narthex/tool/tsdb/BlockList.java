package io.narthex.tool.tsdb;

import io.narthex.tool.Output;
import io.narthex.tsdb.ReadOnlyDb;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@code tsdb list}: the blocks of a database as a table. */
public final class BlockList {
  private BlockList() {}

  /**
   * @param damage told of blocks that cannot be read
   */
  public static void print(
      Path database, boolean humanReadable, Output out, Consumer<ReadOnlyDb.Damage> damage) {
    try (ReadOnlyDb db = ReadOnlyDb.open(database)) {
      BlockTable table = new BlockTable(humanReadable);
      table.header();
      db.blocks(damage).forEach(table::add);
      table.print(out);
    }
  }
}
