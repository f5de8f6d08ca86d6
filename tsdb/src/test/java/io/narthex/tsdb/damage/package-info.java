/**
 * Files that are damaged in every way: what is damaged is noticed, everything else is served, and
 * the database goes on. A trial is given by the seed that its directory was made with, and by what
 * was done to which file; a failure names both.
 */
package io.narthex.tsdb.damage;
