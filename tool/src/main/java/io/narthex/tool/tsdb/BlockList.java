package io.narthex.tool.tsdb;

import io.narthex.tool.Output;
import io.narthex.tsdb.ReadOnlyDb;
import java.nio.file.Path;

/** {@code tsdb list}: the blocks of a database as a table. */
public final class BlockList {
  private BlockList() {}

  public static void print(Path database, boolean humanReadable, Output out) {
    try (ReadOnlyDb db = ReadOnlyDb.open(database)) {
      BlockTable table = new BlockTable(humanReadable);
      table.header();
      db.blocks().forEach(table::add);
      table.print(out);
    }
  }
}
