/**
 * Samples as bits: chunk encodings, and the files that keep chunks.
 *
 * <p>Main types: {@link io.narthex.tsdb.chunk.XorEncoder}, {@link
 * io.narthex.tsdb.chunk.ChunkDecoder}; {@link io.narthex.tsdb.chunk.HeadChunkFiles} for chunks of
 * the head, {@link io.narthex.tsdb.chunk.ChunkSegmentWriter} and {@link
 * io.narthex.tsdb.chunk.ChunkSegments} for those of blocks. {@link io.narthex.tsdb.chunk.XorBits}
 * has the bit rules for who keeps the encoder's state elsewhere, as the head does. Must not depend
 * on the head, the log or blocks.
 */
package io.narthex.tsdb.chunk;
