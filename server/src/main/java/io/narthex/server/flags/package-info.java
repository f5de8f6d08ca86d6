/**
 * The flags of the server and in which of its modes each has a meaning; {@code io.narthex.cli}
 * reads them. Knows nothing of the parts that the flags configure.
 */
package io.narthex.server.flags;
