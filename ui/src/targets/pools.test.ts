import { describe, expect, it } from 'vitest';
import type { Health, Target } from '../api/types';
import { poolsOf } from './pools';

function target(scrapePool: string, instance: string, health: Health): Target {
  return {
    discoveredLabels: {},
    labels: { instance, job: scrapePool },
    scrapePool,
    scrapeUrl: `http://${instance}/metrics`,
    globalUrl: '',
    lastError: health === 'down' ? 'connection refused' : '',
    lastScrape: '',
    lastScrapeDuration: 0,
    health,
    scrapeInterval: '15s',
    scrapeTimeout: '10s',
  };
}

const targets = [target('b', 'h1:1', 'up'), target('a', 'h2:1', 'down'), target('b', 'h3:1', 'unknown'), target('b', 'h4:1', 'up')];
const all = { pool: '', health: '', search: '' };
const shown = (filter: Partial<typeof all>) => poolsOf(targets, { ...all, ...filter }).map(({ name, targets: list }) => [name, list.length]);

describe('poolsOf', () => {
  it('groups by pool in order of names', () => expect(shown({})).toEqual([['a', 1], ['b', 3]]));
  it('filters by pool, state and words', () => {
    expect(shown({ pool: 'a' })).toEqual([['a', 1]]);
    expect(shown({ health: 'up' })).toEqual([['b', 2]]);
    expect(shown({ search: 'refused' })).toEqual([['a', 1]]);
    expect(shown({ search: 'job=b h3' })).toEqual([['b', 1]]);
    expect(shown({ search: 'nothing' })).toEqual([]);
  });
  it('counts the whole pool also while a filter hides some', () =>
    expect(poolsOf(targets, { ...all, health: 'up' })[0]?.counts).toEqual({ up: 2, down: 0, unknown: 1 }));
});
