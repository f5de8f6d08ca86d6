import { describe, expect, it } from 'vitest';
import { formatDuration, humanizeAgo, humanizeDuration, parseDuration } from './duration';

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['1s', 1000],
    ['1h30m', 5_400_000],
    ['1y2w3d4h5m6s7ms', 31_536_000_000 + 1_209_600_000 + 259_200_000 + 14_400_000 + 300_000 + 6000 + 7],
    [' 5m ', 300_000],
  ])('reads %j', (text, millis) => expect(parseDuration(text)).toBe(millis));

  it.each(['', '5', '5x', '1.5h', '1m1h', '-5m', '5 m'])('refuses %j', (text) => expect(parseDuration(text)).toBeNull());
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [90_000, '1m30s'],
    [3_600_000, '1h'],
    [604_800_000, '1w'],
    [90 * 86_400_000, '90d'],
    [365 * 86_400_000, '1y'],
    [-60_000, '-1m'],
  ])('writes %d ms as %s', (millis, text) => expect(formatDuration(millis)).toBe(text));

  it('is read back by parseDuration', () => {
    let seed = 20_261_121;
    for (let i = 0; i < 1000; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const millis = seed % (i % 2 === 0 ? 100_000 : 2_000_000_000);
      expect(parseDuration(formatDuration(millis))).toBe(millis);
    }
  });
});

describe('humanizeDuration', () => {
  it.each([
    [0, '0s'],
    [0.34156, '0.342ms'],
    [12.49, '12.5ms'],
    [870, '870ms'],
    [2345, '2.345s'],
    [62_000, '1m 2s'],
    [3 * 3_600_000 + 60_000, '3h 1m'],
  ])('writes %d ms as %s', (millis, text) => expect(humanizeDuration(millis)).toBe(text));
});

describe('humanizeAgo', () => {
  const now = Date.parse('2026-11-21T08:00:10Z');
  it('counts from the timestamp', () => expect(humanizeAgo('2026-11-21T08:00:00Z', now)).toBe('10s ago'));
  it("takes Go's zero time for never", () => expect(humanizeAgo('0001-01-01T00:00:00Z', now)).toBe('never'));
  it('does not look into the future', () => expect(humanizeAgo('2026-11-21T08:00:11Z', now)).toBe('0s ago'));
});
