/** Commands on PromQL expressions: formats them and edits their selectors. */
package io.narthex.tool.promql;
