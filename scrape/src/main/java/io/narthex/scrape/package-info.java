/**
 * Targets to samples.
 *
 * <p>{@link io.narthex.scrape.ScrapeManager} is the entry point: it takes the configuration and the
 * discovered targets, keeps one {@link io.narthex.scrape.ScrapePool} per job, and shows what it
 * does as a {@link io.narthex.scrape.TargetsView}. A pool turns target groups into {@link
 * io.narthex.scrape.Target}s and runs one {@link io.narthex.scrape.ScrapeLoop} on a virtual thread
 * for each. A loop fetches, parses, and appends; its {@link io.narthex.scrape.ScrapeCache} leads
 * from the bytes of a series straight to the storage's reference. Must not depend on a storage
 * engine, on the web API or on rules.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.scrape;
