import type { Health, Target } from '../api/types';
import { matchesWords } from '../components/matchesWords';

export interface Pool {
  name: string;
  targets: Target[];
  /** Of the whole pool, also where the filter hides targets. */
  counts: Record<Health, number>;
}

export interface TargetFilter {
  pool: string;
  health: string;
  search: string;
}

/** What the search looks at: the address, every label and the error. */
function searchText(target: Target): string {
  const labels = Object.entries(target.labels).map(([name, value]) => `${name}="${value}" ${name}=${value}`);
  return [target.scrapeUrl, ...labels, target.lastError].join(' ');
}

export function countHealth(targets: readonly Target[]): Record<Health, number> {
  const counts: Record<Health, number> = { up: 0, down: 0, unknown: 0 };
  for (const target of targets) counts[target.health]++;
  return counts;
}

/** Groups by pool in order of names and drops what the filter hides, empty pools with it. */
export function poolsOf(targets: readonly Target[], filter: TargetFilter): Pool[] {
  const byName = new Map<string, Target[]>();
  for (const target of targets) {
    if (filter.pool !== '' && target.scrapePool !== filter.pool) continue;
    const pool = byName.get(target.scrapePool);
    if (pool) pool.push(target);
    else byName.set(target.scrapePool, [target]);
  }
  const pools: Pool[] = [];
  for (const name of [...byName.keys()].sort()) {
    const all = byName.get(name) ?? [];
    const shown = all.filter(
      (target) =>
        (filter.health === '' || target.health === filter.health) &&
        (filter.search === '' || matchesWords(searchText(target), filter.search)),
    );
    if (shown.length > 0) pools.push({ name, targets: shown, counts: countHealth(all) });
  }
  return pools;
}
