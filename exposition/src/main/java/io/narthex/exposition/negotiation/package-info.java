/**
 * Which format a target is asked for, and which one it has answered with: {@link
 * io.narthex.exposition.negotiation.FormatNegotiation}.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.exposition.negotiation;
