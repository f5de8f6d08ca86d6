package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;

/** Prints what a dump finds: a series, then its samples in pieces. */
interface DumpLines {
  /** Starts a series; false where its samples are not wanted. */
  boolean series(Labels labels);

  /** Prints samples of the series; false where no more are wanted. */
  boolean samples(SampleBuffer samples);

  /** After the last series. */
  void end();
}
