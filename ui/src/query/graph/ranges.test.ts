import { describe, expect, it } from 'vitest';
import { longerRange, shorterRange } from './ranges';

describe('ranges', () => {
  it('steps to the next usual range', () => {
    expect(longerRange(3_600_000)).toBe(7_200_000);
    expect(shorterRange(3_600_000)).toBe(1_800_000);
    expect(longerRange(4_000_000)).toBe(7_200_000);
  });
  it('stays at the ends', () => {
    expect(shorterRange(1000)).toBe(1000);
    expect(longerRange(730 * 86_400_000)).toBe(730 * 86_400_000);
  });
});
