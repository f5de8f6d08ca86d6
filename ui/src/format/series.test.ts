import { describe, expect, it } from 'vitest';
import { formatSeries } from './series';

describe('formatSeries', () => {
  it('writes a selector', () => expect(formatSeries({ __name__: 'up', job: 'node' })).toBe('up{job="node"}'));
  it('needs no braces for a name alone', () => expect(formatSeries({ __name__: 'up' })).toBe('up'));
  it('writes the empty label set', () => expect(formatSeries({})).toBe('{}'));
  it('escapes values', () => expect(formatSeries({ a: 'x"y\\z\nw' })).toBe('{a="x\\"y\\\\z\\nw"}'));
  it('quotes what the classic syntax cannot name', () =>
    expect(formatSeries({ __name__: 'my.metric', 'a-b': '1' })).toBe('{"my.metric", "a-b"="1"}'));
});
