package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.time.GoDuration;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tool.Output;
import io.narthex.tool.Progress;
import io.narthex.tsdb.ReadOnlyDb;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockContent;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.PostingsSelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** {@code tsdb analyze}: which labels and metrics make a block large. */
public final class Analysis {
  private static final int ENTRY_BYTES = 4096;

  private final Path database;
  private final String blockId;
  private final int limit;
  private final boolean extended;
  private final String selector;
  private final List<Matcher> matchers;

  /**
   * @param blockId empty for the block written last
   * @param limit most items of a list
   * @param selector empty for all series
   */
  public Analysis(Path database, String blockId, int limit, boolean extended, String selector) {
    this.database = database;
    this.blockId = blockId;
    this.limit = limit;
    this.extended = extended;
    this.selector = selector;
    this.matchers = selector.isEmpty() ? List.of() : Selectors.parse(selector);
  }

  /**
   * @param damage told of blocks that were written last but cannot be read
   */
  public void print(Output out, Progress progress, Consumer<ReadOnlyDb.Damage> damage) {
    try (ReadOnlyDb db = ReadOnlyDb.open(database)) {
      Block block = blockId.isEmpty() ? last(db, damage) : db.block(blockId);
      try (BlockContent content = block.open();
          Querier querier = block.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
        print(block.meta(), content, querier, out, progress);
      }
    } finally {
      progress.done();
    }
  }

  private static Block last(ReadOnlyDb db, Consumer<ReadOnlyDb.Damage> damage) {
    for (Ulid ulid : db.newestFirst()) {
      try {
        return db.block(ulid.toString());
      } catch (StorageException e) {
        damage.accept(
            new ReadOnlyDb.Damage(
                ReadOnlyDb.Damage.Kind.BLOCK,
                "block " + ulid + " cannot be read, taking the one before: " + e.getMessage()));
      }
    }
    throw new StorageException("no blocks found");
  }

  private void print(
      BlockMeta meta, BlockContent content, Querier querier, Output out, Progress progress) {
    long range = meta.maxTime() - meta.minTime();
    List<String> names = querier.labelNames(matchers, 0);
    int[] series = PostingsSelector.select(content.index(), matchers);
    out.line("Block ID: " + meta.ulid());
    out.line("Duration: " + GoDuration.format(range * 1_000_000));
    out.line("Total Series: " + meta.stats().series());
    if (!matchers.isEmpty()) {
      out.line("Matcher: " + selector);
    }
    out.line("Label names: " + names.size());
    if (!matchers.isEmpty()) {
      out.line("Matched series: " + series.length);
    }
    LabelTally tally = tally(content, series, range, progress);
    progress.done();
    out.line("Postings (unique label pairs): " + tally.pairs());
    out.line("Postings entries (total label pairs): " + tally.entries());
    list(out, "Label pairs most involved in churning:", tally.churningPairs(range));
    list(out, "Label names most involved in churning:", tally.churningNames(range));
    list(out, "Most common label pairs:", tally.commonPairs());
    values(names, querier, out);
    metricNames(content, series, querier, out);
    if (extended) {
      new ChunkAnalysis(content).print(series, out);
    }
  }

  private static LabelTally tally(
      BlockContent content, int[] series, long range, Progress progress) {
    LabelTally tally = new LabelTally();
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[ENTRY_BYTES];
    for (int i = 0; i < series.length; i++) {
      progress.show("counting labels", i, series.length);
      int number = series[i];
      Labels labels = content.index().series(number, chunks, scratch);
      long covered = chunks.maxt(chunks.size() - 1) - chunks.mint(0);
      tally.add(labels, range - covered);
    }
    return tally;
  }

  private void values(List<String> names, Querier querier, Output out) {
    Ranking lengths = new Ranking();
    Ranking counts = new Ranking();
    for (String name : names) {
      List<String> values = querier.labelValues(name, matchers, 0);
      long length = 0;
      for (String value : values) {
        length += value.getBytes(StandardCharsets.UTF_8).length;
      }
      lengths.add(name, length);
      counts.add(name, values.size());
    }
    list(out, "Label names with highest cumulative label value length:", lengths);
    list(out, "Highest cardinality labels:", counts);
  }

  private void metricNames(BlockContent content, int[] series, Querier querier, Output out) {
    Ranking counts = new Ranking();
    for (String name : querier.labelValues(Labels.METRIC_NAME, matchers, 0)) {
      int[] all = content.index().with(Labels.METRIC_NAME, name);
      counts.add(name, matchers.isEmpty() ? all.length : Postings.intersect(all, series).length);
    }
    list(out, "Highest cardinality metric names:", counts);
  }

  private void list(Output out, String title, Ranking ranking) {
    out.line("\n" + title);
    ranking.print(limit, out);
  }
}
