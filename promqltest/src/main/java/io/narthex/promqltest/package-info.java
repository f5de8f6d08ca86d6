/**
 * The script language that tests PromQL engines, and a storage in memory to run scripts on.
 *
 * <p>{@link io.narthex.promqltest.TestScript} reads a script, {@link
 * io.narthex.promqltest.ScriptRunner} runs it on an engine and any {@link
 * io.narthex.storage.Storage} and tells of each evaluation what was expected and what came. {@link
 * io.narthex.promqltest.MemoryStorage} keeps samples in memory; tests of rules use it as well.
 *
 * <p>Must not depend on the time series database, HTTP or configuration.
 */
@NullMarked
package io.narthex.promqltest;

import org.jspecify.annotations.NullMarked;
