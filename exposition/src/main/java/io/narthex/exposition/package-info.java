/**
 * Reads what targets expose: bytes in, spans of bytes out.
 *
 * <p>Entry point: {@link io.narthex.exposition.negotiation.FormatNegotiation} chooses the format of
 * a body and makes an {@link io.narthex.exposition.ExpositionCursor} for it. A cursor walks a body
 * line by line and allocates nothing as long as nobody asks it for labels or text. Behaviour and
 * error texts are those of Prometheus' {@code model/textparse}. Must not depend on storage, HTTP or
 * configuration.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.exposition;
