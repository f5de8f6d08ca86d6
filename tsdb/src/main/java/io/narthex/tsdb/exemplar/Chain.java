package io.narthex.tsdb.exemplar;

import io.narthex.model.labels.Labels;

/** A series with exemplars: where in the ring its oldest and newest in time are. */
final class Chain {
  final Labels series;
  int oldest = ExemplarRing.NONE;
  int newest = ExemplarRing.NONE;

  Chain(Labels series) {
    this.series = series;
  }

  boolean isEmpty() {
    return oldest == ExemplarRing.NONE;
  }
}
