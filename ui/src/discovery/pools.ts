import type { Targets } from '../api/types';
import { matchesWords } from '../components/matchesWords';
import type { LabelSet } from '../format/series';

export interface Discovered {
  discoveredLabels: LabelSet;
  /** Null where relabeling dropped the target. */
  labels: LabelSet | null;
}

export interface DiscoveryPool {
  name: string;
  active: number;
  /** All dropped targets; more than are listed where the server keeps only some of them. */
  dropped: number;
  targets: Discovered[];
}

export interface DiscoveryFilter {
  state: string;
  search: string;
}

function searchText({ discoveredLabels, labels }: Discovered): string {
  return [...Object.entries(discoveredLabels), ...Object.entries(labels ?? {})].map((pair) => pair.join('=')).join(' ');
}

/** What was found per scrape pool, and what became of it. */
export function discoveryPools(targets: Targets, filter: DiscoveryFilter): DiscoveryPool[] {
  const pools = new Map<string, DiscoveryPool>();
  const poolOf = (name: string) => {
    const pool = pools.get(name) ?? { name, active: 0, dropped: 0, targets: [] };
    pools.set(name, pool);
    return pool;
  };
  const offer = (pool: DiscoveryPool, target: Discovered) => {
    const state = target.labels === null ? 'dropped' : 'active';
    const hidden = filter.state !== '' && filter.state !== state;
    if (!hidden && matchesWords(searchText(target), filter.search)) pool.targets.push(target);
  };
  for (const { scrapePool, discoveredLabels, labels } of targets.activeTargets) {
    const pool = poolOf(scrapePool);
    pool.active++;
    offer(pool, { discoveredLabels, labels });
  }
  for (const { scrapePool, discoveredLabels } of targets.droppedTargets) {
    const pool = poolOf(scrapePool);
    pool.dropped++;
    offer(pool, { discoveredLabels, labels: null });
  }
  for (const [name, count] of Object.entries(targets.droppedTargetCounts ?? {})) {
    const pool = poolOf(name);
    pool.dropped = Math.max(pool.dropped, count);
  }
  return [...pools.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
