/** What the JVM records for fast starts of the tool. */
package io.narthex.tool.training;
