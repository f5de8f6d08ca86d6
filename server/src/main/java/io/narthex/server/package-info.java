/**
 * The composition root. {@link io.narthex.server.Main} reads the command line, {@link
 * io.narthex.server.Server} builds the parts in order and closes them in reverse, {@link
 * io.narthex.server.Reloader} swaps configurations. Nothing else in the program depends on this
 * package.
 */
package io.narthex.server;
