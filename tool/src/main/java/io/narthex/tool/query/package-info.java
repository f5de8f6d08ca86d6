/** Asks servers about queries. Knows their HTTP API and nothing of how they answer. */
@NullMarked
package io.narthex.tool.query;

import org.jspecify.annotations.NullMarked;
