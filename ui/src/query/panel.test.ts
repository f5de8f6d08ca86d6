import { describe, expect, it } from 'vitest';
import { stepMillisOf } from './panel';

describe('stepMillisOf', () => {
  it.each([
    ['low', 3_600_000, 36_000],
    ['medium', 3_600_000, 14_000],
    ['high', 3_600_000, 4000],
    ['medium', 60_000, 1000],
  ] as const)('%s resolution over %d ms gives steps of %d ms', (density, rangeMillis, step) =>
    expect(stepMillisOf({ rangeMillis, resolution: { type: 'auto', density } })).toBe(step));

  it('takes an own step as it is', () =>
    expect(stepMillisOf({ rangeMillis: 60_000, resolution: { type: 'custom', stepMillis: 500 } })).toBe(500));
});
