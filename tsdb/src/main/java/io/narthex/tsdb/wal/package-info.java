/**
 * The write-ahead log: records in segments of pages, checkpoints, and what records hold.
 *
 * <p>Main types: {@link io.narthex.tsdb.wal.WalWriter}, {@link io.narthex.tsdb.wal.WalReader},
 * {@link io.narthex.tsdb.wal.RecordEncoder}, {@link io.narthex.tsdb.wal.RecordDecoder}, {@link
 * io.narthex.tsdb.wal.Checkpoint}. The out-of-order log is another folder in the same format. Must
 * not depend on the head: who replays implements {@link io.narthex.tsdb.wal.RecordVisitor}.
 */
package io.narthex.tsdb.wal;
