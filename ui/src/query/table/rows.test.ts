import { describe, expect, it } from 'vitest';
import { tableRows } from './rows';

describe('tableRows', () => {
  it('has a row per element of a vector', () =>
    expect(tableRows({ resultType: 'vector', result: [{ metric: { a: '1' }, value: [1, '+Inf'] }] })).toEqual([
      { kind: 'value', labels: { a: '1' }, value: '+Inf' },
    ]));

  it('keeps native histograms apart', () => {
    const histogram = { count: '2', sum: '3' };
    expect(tableRows({ resultType: 'vector', result: [{ metric: {}, histogram: [1, histogram] }] })).toEqual([
      { kind: 'histogram', labels: {}, histogram },
    ]);
  });

  it('sorts floats and histograms of a range by time', () => {
    const [row] = tableRows({
      resultType: 'matrix',
      result: [{ metric: {}, values: [[1, '5'], [3, '7']], histograms: [[2, { count: '2', sum: '3' }]] }],
    });
    expect(row).toEqual({
      kind: 'samples',
      labels: {},
      samples: [
        { timeMillis: 1000, value: '5' },
        { timeMillis: 2000, value: 'count 2, sum 3' },
        { timeMillis: 3000, value: '7' },
      ],
    });
  });

  it.each(['scalar', 'string'] as const)('shows a %s in one row without labels', (resultType) =>
    expect(tableRows({ resultType, result: [1, 'x'] })).toEqual([{ kind: 'value', labels: null, value: 'x' }]));
});
