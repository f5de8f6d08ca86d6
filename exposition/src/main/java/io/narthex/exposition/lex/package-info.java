/**
 * What both text formats share: the lexer's machinery, quick scans over well-formed lines, numbers,
 * and the assembly of label sets. Entry point: {@link io.narthex.exposition.lex.LexedCursor}.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.exposition.lex;
