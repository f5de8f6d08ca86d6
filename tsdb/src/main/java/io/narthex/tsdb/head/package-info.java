/**
 * The head: the newest samples of all series, in memory.
 *
 * <p>Entry point: {@link io.narthex.tsdb.head.Head}. Series are rows of paged primitive columns
 * ({@code SeriesTable}), label sets are symbol ids in packed pages ({@code LabelStore} over {@code
 * SymbolTable}), open chunks are bits in fixed blocks ({@code ChunkSlab}, {@code OpenChunks}) or,
 * of native histograms, an encoder each ({@code OpenHistograms}), full chunks are references to
 * head chunk files. Start times of rows that have some are in {@code RowStarts}, and {@code
 * SampleFormat} says how samples are written. One writer at a time changes rows, under the commit
 * lock; readers copy a row and try again where its version moved ({@code RowVersions}). {@code
 * Isolation} hides what was committed after a querier was opened.
 *
 * <p>Samples that came out of order are beside the rows, in {@code OutOfOrderTable}, with a log of
 * their own ({@code OutOfOrderLog}); readers merge them in ({@code OutOfOrderReader}).
 *
 * <p>It knows the log and the chunk files, but neither blocks nor the database around it.
 */
@NullMarked
package io.narthex.tsdb.head;

import org.jspecify.annotations.NullMarked;
