/**
 * Merging of blocks into larger ones.
 *
 * <p>Main type: {@link io.narthex.tsdb.compact.LeveledCompactor}. Deleting the parents, and when to
 * compact, is the database's affair. Must not depend on the head or the log.
 */
package io.narthex.tsdb.compact;
