/**
 * {@code test promql}: runs scripts of the language that tests PromQL engines. {@link
 * io.narthex.tool.script.ScriptFiles} finds them, {@link io.narthex.tool.script.ScriptTest} runs
 * them and prints what is not as expected.
 */
package io.narthex.tool.script;
