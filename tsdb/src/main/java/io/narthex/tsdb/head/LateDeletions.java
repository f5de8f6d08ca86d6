package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is deleted of the samples of a series that came out of order. Read it before the samples: a
 * commit adds the sample first.
 *
 * @param deleted nothing of these times is there
 * @param again times that were deleted and got a sample since: of these the newest to come is there
 */
record LateDeletions(DeletedRanges deleted, DeletedRanges again) {
  static final LateDeletions NONE = new LateDeletions(DeletedRanges.NONE, DeletedRanges.NONE);

  /** What is deleted of each chunk in the files. */
  DeletedRanges[] ofEach(OutOfOrderSeries.Snapshot series, HeadChunkFiles files) {
    List<OutOfOrderSeries.Mapped> chunks = series.mapped();
    DeletedRanges[] each = new DeletedRanges[chunks.size()];
    Arrays.fill(each, deleted);
    if (again.isEmpty()) {
      return each;
    }
    Set<Long> newer = new HashSet<>();
    for (long t : series.open().times()) {
      if (again.contains(t)) {
        newer.add(t);
      }
    }
    SampleBuffer samples = new SampleBuffer();
    for (int i = chunks.size() - 1; i >= 0; i--) {
      OutOfOrderSeries.Mapped chunk = chunks.get(i);
      if (!again.overlaps(chunk.mint(), chunk.maxt())) {
        continue;
      }
      samples.clear();
      files.decode(chunk.chunkRef(), chunk.mint(), chunk.maxt(), samples);
      for (int s = 0; s < samples.size(); s++) {
        long t = samples.timestamps[s];
        if (again.contains(t) && !newer.add(t)) {
          each[i] = each[i].with(t, t);
        }
      }
    }
    return each;
  }
}
