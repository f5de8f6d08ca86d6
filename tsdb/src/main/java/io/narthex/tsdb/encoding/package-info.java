/**
 * The bytes below every file format: big-endian integers, LEB128 varints, length-prefixed strings,
 * CRC-32C, and errors that say where a file is broken.
 *
 * <p>Main types: {@link io.narthex.tsdb.encoding.ByteWriter} and {@link
 * io.narthex.tsdb.encoding.ByteReader} over caller-owned arrays, {@link
 * io.narthex.tsdb.encoding.CorruptionException}. Depends on nothing but {@code model} and {@code
 * storage}.
 */
package io.narthex.tsdb.encoding;
