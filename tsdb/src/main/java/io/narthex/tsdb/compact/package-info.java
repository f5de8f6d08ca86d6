/**
 * Merging of blocks into larger ones.
 *
 * <p>Main types: {@link io.narthex.tsdb.compact.LeveledCompactor}, with {@link
 * io.narthex.tsdb.compact.CompactionPlan} for what to merge and {@link
 * io.narthex.tsdb.compact.BlockMerger} for how. Deleting the parents, and when to compact, is the
 * database's affair. Must not depend on the head or the log.
 */
package io.narthex.tsdb.compact;
