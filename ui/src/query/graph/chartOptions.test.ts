import { describe, expect, it } from 'vitest';
import { valueRange } from './chartOptions';

describe('valueRange', () => {
  it('surrounds the values of lines', () => {
    const [from, to] = valueRange(10, 11, false, null);
    expect(from).toBeGreaterThan(9);
    expect(from).toBeLessThanOrEqual(10);
    expect(to).toBeGreaterThanOrEqual(11);
  });
  it('lets areas stand on zero', () => {
    expect(valueRange(10, 11, true, null)[0]).toBe(0);
    const [from, to] = valueRange(-3, -2, true, null);
    expect(from).toBeLessThanOrEqual(-3);
    expect(to).toBeGreaterThanOrEqual(0);
  });
  it('keeps a chosen bottom', () => expect(valueRange(10, 11, false, 5)[0]).toBe(5));
  it('has an axis also for no values at all', () => {
    expect(valueRange(null, null, false, null)).toEqual([0, 1]);
    expect(valueRange(null, null, true, 5)).toEqual([5, 6]);
  });
  it('has a height also for a constant', () => {
    const [from, to] = valueRange(7, 7, false, null);
    expect(to ?? 0).toBeGreaterThan(from ?? 0);
  });
});
