import { describe, expect, it } from 'vitest';
import type { Target, Targets } from '../api/types';
import { discoveryPools } from './pools';

const active = { scrapePool: 'a', discoveredLabels: { __address__: 'h1' }, labels: { instance: 'h1' } } as unknown as Target;
const data: Targets = {
  activeTargets: [active],
  droppedTargets: [{ scrapePool: 'a', discoveredLabels: { __address__: 'h2' } }],
  droppedTargetCounts: { a: 7, empty: 0 },
};

describe('discoveryPools', () => {
  it('counts also the dropped targets that are not listed', () =>
    expect(discoveryPools(data, { state: '', search: '' })).toMatchObject([
      { name: 'a', active: 1, dropped: 7, targets: [{ labels: { instance: 'h1' } }, { labels: null }] },
      { name: 'empty', active: 0, dropped: 0, targets: [] },
    ]));
  it('filters by state and by words', () => {
    expect(discoveryPools(data, { state: 'dropped', search: '' })[0]?.targets).toHaveLength(1);
    expect(discoveryPools(data, { state: '', search: '__address__=h2' })[0]?.targets[0]?.labels).toBeNull();
  });
});
