package io.narthex.tool.tsdb;

import io.narthex.tool.Progress;
import io.narthex.tsdb.ReadOnlyDb;
import java.util.function.Consumer;

/** Warns of what a command cannot read, and knows whether the command has to end as failed. */
public final class LeftOut implements Consumer<ReadOnlyDb.Damage> {
  /** Of a broken disk there may be a line for each of a million chunks. */
  private static final int MOST_WARNINGS = 20;

  private final Progress progress;
  private long warnings;
  private boolean failed;

  public LeftOut(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void accept(ReadOnlyDb.Damage damage) {
    if (warnings++ < MOST_WARNINGS) {
      progress.warn(damage.text());
    }
    // Those promtool passes over in silence.
    failed |= damage.kind() != ReadOnlyDb.Damage.Kind.BLOCK_WITHOUT_META;
  }

  /** The exit code of the command, which has printed all that can be read. */
  public int exitCode() {
    if (warnings > MOST_WARNINGS) {
      progress.warn((warnings - MOST_WARNINGS) + " more places cannot be read");
    }
    return failed ? 1 : 0;
  }
}
