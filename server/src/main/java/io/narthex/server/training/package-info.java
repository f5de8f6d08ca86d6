/**
 * What the launcher runs once after a build so that the JVM can record what a server loads and
 * where it spends its time ({@link io.narthex.server.training.Training}). The server itself does
 * not use it.
 */
package io.narthex.server.training;
