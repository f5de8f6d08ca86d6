package io.narthex.promql;

import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.SampleAccount;

/** Takes the times of a query's stages. */
final class StopWatch {
  private final long begun = System.nanoTime();
  private long evaluating = begun;
  private long prepared = begun;
  private long sorting = begun;
  private long sorted = begun;
  private long done = begun;
  private boolean started;

  /** Waiting is over. */
  void evaluating() {
    evaluating = System.nanoTime();
    prepared = evaluating;
    started = true;
  }

  /** Series are selected. */
  void prepared() {
    prepared = System.nanoTime();
  }

  void sorting() {
    sorting = System.nanoTime();
  }

  void sorted() {
    sorted = System.nanoTime();
  }

  void done() {
    done = System.nanoTime();
  }

  /** The query has failed, at whatever stage. */
  void failed() {
    done();
    if (!started) {
      evaluating = done;
      prepared = done;
    }
  }

  double queueSeconds() {
    return (evaluating - begun) / 1e9;
  }

  double prepareSeconds() {
    return (prepared - evaluating) / 1e9;
  }

  double innerSeconds() {
    long end = sorting > prepared ? sorting : done;
    return Math.max(0, end - prepared) / 1e9;
  }

  double sortSeconds() {
    return Math.max(0, sorted - sorting) / 1e9;
  }

  QueryStats stats(SampleAccount samples, Grid grid) {
    return new QueryStats(
        (done - evaluating) / 1e9,
        sortSeconds(),
        prepareSeconds(),
        innerSeconds(),
        queueSeconds(),
        (done - begun) / 1e9,
        samples.total(),
        samples.read(),
        samples.peak(),
        grid.start(),
        grid.step(),
        samples.totalPerStep(),
        samples.readPerStep());
  }
}
