package io.narthex.exposition.negotiation;

/** Chooses the format of a body by its content type. */
public final class FormatNegotiation {
  private FormatNegotiation() {}
}
