package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What the web API shows of scraping. Each call is a snapshot; pools are job names, sorted. */
public interface TargetsView {
  /** The names of all pools. */
  List<String> pools();

  /** Targets being scraped, by pool, in the order of their URLs. */
  SortedMap<String, List<Target>> active();

  /** Targets that relabeling dropped, by pool, as many as {@code keep_dropped_targets} allows. */
  SortedMap<String, List<Target>> dropped();

  /** How many targets relabeling dropped, by pool, kept or not. */
  SortedMap<String, Integer> droppedCounts();

  /** The configuration of a pool; empty where there is no such pool. */
  Optional<ScrapeConfig> config(String pool);
}
