package io.narthex.tsdb.wal;

/** A place between two records of a log: a segment's number and a byte offset in it. */
public record WalPosition(int segment, long offset) {}
