package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Several selections as one: series with the same labels become one series, with the samples of all
 * in the order of time. Where two have a sample of the same time, that of the earlier source
 * counts.
 */
final class MergedSeriesSet implements SeriesSet {
  /** A selection and the range of time that it may be read in. */
  record Source(SeriesSet set, long mint, long maxt) {
    void read(int series, long from, long to, SampleBuffer into) {
      if (Math.max(from, mint) > Math.min(to, maxt)) {
        into.clear();
      } else {
        set.read(series, Math.max(from, mint), Math.min(to, maxt), into);
      }
    }
  }

  private final List<Source> sources;
  private final List<String> warnings;
  private final Labels[] labels;

  /** Where in {@link #parts} a series' parts start; one entry more than series. */
  private final int[] starts;

  /** Source (upper 32 bits) and series in it (lower). */
  private final long[] parts;

  /** One for each thread that reads at the same time. */
  private final Queue<SampleBuffer> spare = new ConcurrentLinkedQueue<>();

  private MergedSeriesSet(
      List<Source> sources, Labels[] labels, int[] starts, long[] parts, List<String> warnings) {
    this.sources = sources;
    this.labels = labels;
    this.starts = starts;
    this.parts = parts;
    this.warnings = warnings;
  }

  static MergedSeriesSet of(List<Source> sources) {
    int total = 0;
    List<String> warnings = new ArrayList<>();
    for (Source source : sources) {
      total += source.set().size();
      warnings.addAll(source.set().warnings());
    }
    Labels[] labels = new Labels[total];
    int[] starts = new int[total + 1];
    long[] parts = new long[total];
    int[] next = new int[sources.size()];
    int series = 0;
    int part = 0;
    while (part < total) {
      int first = part;
      Labels smallest = Labels.EMPTY;
      for (int s = 0; s < next.length; s++) {
        SeriesSet set = sources.get(s).set();
        if (next[s] < set.size()) {
          Labels candidate = set.labels(next[s]);
          int c = part == first ? -1 : candidate.compareTo(smallest);
          if (c < 0) {
            smallest = candidate;
            part = first;
          }
          if (c <= 0) {
            parts[part++] = (long) s << 32 | next[s];
          }
        }
      }
      for (int p = first; p < part; p++) {
        next[(int) (parts[p] >>> 32)]++;
      }
      labels[series] = smallest;
      starts[series++] = first;
    }
    starts[series] = part;
    return new MergedSeriesSet(
        sources,
        Arrays.copyOf(labels, series),
        Arrays.copyOf(starts, series + 1),
        parts,
        List.copyOf(warnings));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Labels labels(int series) {
    return labels[series];
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    int from = starts[series];
    int to = starts[series + 1];
    if (to - from == 1) {
      readPart(parts[from], mint, maxt, into);
      return;
    }
    into.clear();
    SampleBuffer part = spare.poll();
    if (part == null) {
      part = new SampleBuffer();
    }
    int chunks = 0;
    for (int i = from; i < to; i++) {
      readPart(parts[i], mint, maxt, part);
      chunks += part.chunksDecoded();
      SampleMerge.add(part, into);
    }
    into.countChunks(chunks - into.chunksDecoded());
    part.clear();
    spare.add(part);
  }

  private void readPart(long part, long mint, long maxt, SampleBuffer into) {
    sources.get((int) (part >>> 32)).read((int) part, mint, maxt, into);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }
}
