/**
 * Who to scrape. A {@link io.narthex.discovery.Discoverer} finds {@link
 * io.narthex.discovery.TargetGroup}s in one way; the {@link io.narthex.discovery.DiscoveryManager}
 * runs all of a configuration and hands the targets of all jobs to its subscriber, at most every
 * few seconds. Mechanisms that need only files, URLs and DNS live here; those of clusters and
 * clouds get packages of their own. Must not depend on scraping.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.discovery;
