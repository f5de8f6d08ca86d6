/**
 * Log lines in the form of Prometheus 3, logfmt or JSON, as an SLF4J provider ({@link
 * io.narthex.server.logging.LogfmtProvider}). Other modules log through SLF4J and do not know this
 * package.
 */
package io.narthex.server.logging;
