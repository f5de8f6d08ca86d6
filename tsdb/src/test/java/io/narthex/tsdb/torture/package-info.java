/**
 * Random operations on a whole database beside a naive model of it: nothing that was accepted may
 * be lost, nothing may be invented. A run is given by its seed; where one fails, it is run again
 * with fewer operations until few are left, and these are printed.
 */
package io.narthex.tsdb.torture;
