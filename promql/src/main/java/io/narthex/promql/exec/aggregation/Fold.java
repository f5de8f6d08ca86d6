package io.narthex.promql.exec.aggregation;

import io.narthex.promql.function.Column;

/** Folds columns into one column per group. One thread at a time. */
interface Fold {
  /** Takes one series' samples; the column is not kept. */
  void add(int group, Column column);

  /** The group's result, once all columns are in; empty where the group had no sample. */
  Column result(int group);
}
