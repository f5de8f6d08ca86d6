import { describe, expect, it } from 'vitest';
import { formatBytes, formatSampleValue, formatTick, formatTicks, parseSampleValue } from './value';

describe('sample values', () => {
  it.each(['+Inf', '-Inf', 'NaN', '0', '1.5', '1e+100'])('%s survives reading and writing', (text) =>
    expect(formatSampleValue(parseSampleValue(text))).toBe(text));
});

describe('formatTick', () => {
  it.each([
    [0, '0.00'],
    [1, '1.00'],
    [999.99, '999.99'],
    [1000, '1.00k'],
    [-1500, '-1.50k'],
    [1e6, '1.00M'],
    [2.5e9, '2.50G'],
    [1e12, '1.00T'],
    [1e15, '1.00P'],
    [1e18, '1.00E'],
    [1e21, '1.00Z'],
    [1e24, '1.00Y'],
    [1e28, '10000.00Y'],
    [0.25, '0.25'],
    [0.01, '0.01'],
    [0.009, '9.00m'],
    [0.00002, '0.02m'],
    [0.000002, '2.00µ'],
    [3e-9, '3.00n'],
    [3e-12, '3.00p'],
    [3e-15, '3.00f'],
    [3e-18, '3.00a'],
    [3e-21, '3.00z'],
    [3e-24, '3.00y'],
  ])('writes %d as %s', (value, text) => expect(formatTick(value)).toBe(text));
});

describe('formatTicks', () => {
  it('takes more decimals where neighbours would look alike', () =>
    expect(formatTicks([1.0001, 1.0002, 1.0003])).toEqual(['1.0001', '1.0002', '1.0003']));
  it('keeps two decimals otherwise', () => expect(formatTicks([0, 500, 1000])).toEqual(['0.00', '500.00', '1.00k']));
});

describe('formatBytes', () => {
  it('uses binary units', () => expect([0, 1023, 1536, 5 * 1024 ** 3].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KiB', '5.0 GiB']));
});
