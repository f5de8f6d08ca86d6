/**
 * Commands on database directories: list, analyze, dump and make blocks. They write their result to
 * an {@link io.narthex.tool.Output} and throw what goes wrong.
 */
package io.narthex.tool.tsdb;
