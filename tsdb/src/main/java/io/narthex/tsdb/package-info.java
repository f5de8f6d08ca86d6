/**
 * The embedded time series database.
 *
 * <p>Entry point: {@link io.narthex.tsdb.Db}, opened with {@link io.narthex.tsdb.DbOptions}. It
 * puts together the head ({@code head}), its log ({@code wal}) and the blocks ({@code block},
 * {@code compact}), owns the thread that cuts, compacts and deletes blocks, and merges what they
 * answer.
 *
 * <p>All files are in Prometheus' formats. It knows neither HTTP nor configuration files.
 */
@NullMarked
package io.narthex.tsdb;

import org.jspecify.annotations.NullMarked;
