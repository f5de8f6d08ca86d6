import { describe, expect, it } from 'vitest';
import { chartData, lastValue, lonelyPoints, stackBands, stackColumns } from './chartData';

const window = { start: 100, end: 140, step: 10 };

describe('chartData', () => {
  it('leaves gaps where there is no sample or none that can be drawn', () => {
    const { times, columns } = chartData([{ metric: {}, values: [[100, '1'], [120, 'NaN'], [130, '+Inf'], [140, '4']] }], window);
    expect(times).toEqual([100, 110, 120, 130, 140]);
    expect(columns).toEqual([[1, null, null, null, 4]]);
  });

  it('places samples in spite of rounding in the grid', () => {
    const grid = { start: 1_763_712_000.123, end: 1_763_715_600.123, step: 0.7 };
    const values = Array.from({ length: 5143 }, (_, i) => [Number((grid.start + i * grid.step).toFixed(3)), String(i)] as const);
    const { columns } = chartData([{ metric: {}, values }], grid);
    expect(columns[0]).toEqual(values.map((_, i) => i));
  });

  it('draws a native histogram by its sum', () =>
    expect(chartData([{ metric: {}, histograms: [[110, { count: '2', sum: '7.5' }]] }], window).columns).toEqual([
      [null, 7.5, null, null, null],
    ]));

  it('ignores samples outside of the window', () =>
    expect(chartData([{ metric: {}, values: [[90, '1'], [150, '2']] }], window).columns).toEqual([[null, null, null, null, null]]));
});

describe('stacking', () => {
  const columns = [
    [1, 2, null],
    [10, null, 30],
    [100, 200, 300],
  ];
  it('adds up and keeps gaps', () =>
    expect(stackColumns(columns, () => true)).toEqual([
      [1, 2, null],
      [11, null, 30],
      [111, 202, 330],
    ]));
  it('leaves hidden series out', () => expect(stackColumns(columns, (i) => i !== 1)[2]).toEqual([101, 202, 300]));
  it('fills between visible neighbours', () => {
    expect(stackBands(3, () => true)).toEqual([[2, 1], [3, 2]]);
    expect(stackBands(3, (i) => i !== 1)).toEqual([[3, 1]]);
    expect(stackBands(1, () => true)).toEqual([]);
  });
});

describe('lonelyPoints', () => {
  it('finds samples between gaps, also at the ends', () => expect(lonelyPoints([1, null, 2, 3, null, 4], 0, 5)).toEqual([0, 5]));
});

describe('lastValue', () => {
  it('skips gaps', () => expect(lastValue([1, 2, null])).toBe(2));
  it('is null for an empty column', () => expect(lastValue([null])).toBeNull());
});
