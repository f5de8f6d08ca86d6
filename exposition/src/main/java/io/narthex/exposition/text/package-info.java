/**
 * The text format 0.0.4 (and 1.0.0, which reads the same): {@link
 * io.narthex.exposition.text.TextCursor}.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.exposition.text;
