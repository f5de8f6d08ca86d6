/**
 * The command line of the server: which flags there are ({@link
 * io.narthex.server.flags.ServerFlags}), how they are read ({@link
 * io.narthex.server.flags.FlagParser}) and what they say ({@link
 * io.narthex.server.flags.FlagValues}). Knows nothing of the parts that the flags configure.
 */
package io.narthex.server.flags;
