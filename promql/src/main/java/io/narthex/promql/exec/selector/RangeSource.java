package io.narthex.promql.exec.selector;

import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.storage.SampleBuffer;

/** Where a range function's samples come from: storage or a subquery. Rules as for operators. */
public interface RangeSource {
  SeriesList series();

  void prepare();

  /** Whether samples come from storage, so that reading them counts as such. */
  boolean isStored();

  /** Replaces the buffer's content by all samples of the series that any window needs. */
  void read(int series, SampleBuffer into, Worker worker);
}
