/**
 * The index of a block: symbols, series with their chunks, and postings by label.
 *
 * <p>Main types: {@link io.narthex.tsdb.index.IndexWriter} (version 2), {@link
 * io.narthex.tsdb.index.IndexReader} (versions 1 to 3, memory-mapped), {@link
 * io.narthex.tsdb.index.Postings} (set operations on sorted series numbers) and {@link
 * io.narthex.tsdb.index.PostingsSelector} (matchers to series). Must not depend on the head, the
 * log or chunks' content.
 *
 * <p>Layout: magic and version; symbols; series; postings; postings offset table; table of
 * contents. Postings of the empty name and value list all series.
 */
package io.narthex.tsdb.index;
