/**
 * Persistent blocks: a folder with an index, chunk segments, tombstones and meta.json.
 *
 * <p>Main types: {@link io.narthex.tsdb.block.Block} (open, query, delete from), {@link
 * io.narthex.tsdb.block.BlockWriter}, {@link io.narthex.tsdb.block.BlockMeta}. Must not depend on
 * the head or the log.
 */
package io.narthex.tsdb.block;
