import { describe, expect, it } from 'vitest';
import { formatTime, formatTimestamp, parseTime } from './time';

const millis = Date.UTC(2026, 10, 21, 8, 5, 9);

describe('formatTime', () => {
  it('writes UTC', () => expect(formatTime(millis)).toBe('2026-11-21 08:05:09'));
  it('is read back in both zones', () => {
    expect(parseTime(formatTime(millis))).toBe(millis);
    expect(parseTime(formatTime(millis, true), true)).toBe(millis);
  });
});

describe('formatTimestamp', () => {
  it('names the zone', () => expect(formatTimestamp(millis, false)).toBe('2026-11-21 08:05:09 UTC'));
  it('shows milliseconds where there are some', () => expect(formatTimestamp(millis + 45, false)).toBe('2026-11-21 08:05:09.045 UTC'));
  it('shows the offset of local time', () => expect(formatTimestamp(millis, true)).toMatch(/^2026-11-2\d \d\d:\d\d:09 [+-]\d\d:\d\d$/));
});

describe('parseTime', () => {
  it.each([
    ['2026-11-21 08:05:09', millis],
    ['2026-11-21T08:05:09Z', millis],
    ['2026-11-21T09:05:09+01:00', millis],
    ['2026-11-21 08:05', millis - 9000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    [String(millis / 1000), millis],
  ])('reads %s', (text, expected) => expect(parseTime(text)).toBe(expected));

  it.each(['', 'now', '2026-13-01', '2026-11-21 25:00', '21.11.2026'])('refuses %j', (text) => expect(parseTime(text)).toBeNull());
});
