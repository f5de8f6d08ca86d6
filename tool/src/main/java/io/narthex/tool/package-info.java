/**
 * The command line tool: {@link io.narthex.tool.Main} finds the command and runs it. Commands,
 * flags, output and exit codes are those of {@code promtool}; help texts are our own.
 */
package io.narthex.tool;
