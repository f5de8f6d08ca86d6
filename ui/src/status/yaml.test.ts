import { describe, expect, it } from 'vitest';
import { tokenizeYamlLine } from './yaml';

describe('tokenizeYamlLine', () => {
  it.each([
    ['global:', 'key'],
    ['  - job_name: node', 'mark'],
    ['  # note', 'comment'],
    ['      - 127.0.0.1:9090', 'mark'],
    ['', undefined],
  ])('loses nothing of %j', (line, first) => {
    const tokens = tokenizeYamlLine(line);
    expect(tokens.map(({ text }) => text).join('')).toBe(line);
    expect((tokens.find(({ text }) => text.trim() !== '') ?? tokens[0])?.kind).toBe(first);
  });
  it('does not take an address for a key', () =>
    expect(tokenizeYamlLine('- http://h:1').some(({ kind }) => kind === 'key')).toBe(false));
});
