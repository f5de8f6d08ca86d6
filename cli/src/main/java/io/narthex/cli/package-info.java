/**
 * Command lines as Prometheus' programs read them: {@link io.narthex.cli.Flag}s, which {@link
 * io.narthex.cli.FlagParser} reads, and {@link io.narthex.cli.Command}s with arguments and
 * subcommands, which {@link io.narthex.cli.CommandParser} reads. Knows nothing of what the flags
 * configure.
 */
package io.narthex.cli;
