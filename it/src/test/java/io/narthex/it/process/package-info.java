/**
 * Starts the built server and real peers as processes of their own, on free loopback ports, and
 * stops them by pid. Tests talk to them over HTTP only.
 */
package io.narthex.it.process;
