import { describe, expect, it } from 'vitest';
import { formatLegendValue, toggleHidden } from './legendValue';

const sorted = (hidden: ReadonlySet<number>) => [...hidden].sort();

describe('toggleHidden', () => {
  it('shows one alone, then all again', () => {
    const alone = toggleHidden(new Set(), 3, 1, false);
    expect(sorted(alone)).toEqual([0, 2]);
    expect(sorted(toggleHidden(alone, 3, 1, false))).toEqual([]);
    expect(sorted(toggleHidden(alone, 3, 2, false))).toEqual([0, 1]);
  });
  it('adds and removes one', () => {
    expect(sorted(toggleHidden(new Set([0]), 3, 1, true))).toEqual([0, 1]);
    expect(sorted(toggleHidden(new Set([0, 1]), 3, 1, true))).toEqual([0]);
  });
  it('never hides the only series', () => expect(sorted(toggleHidden(new Set(), 1, 0, false))).toEqual([]));
});

describe('formatLegendValue', () => {
  it('shortens', () => expect([null, 0, 0.1 + 0.2, 1234567.89].map(formatLegendValue)).toEqual(['–', '0', '0.3', '1234570']));
});
