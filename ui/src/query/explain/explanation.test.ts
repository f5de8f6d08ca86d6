import { describe, expect, it } from 'vitest';
import { type PlanNode, nameOf, planRows, seriesEstimate, textAt } from './explanation';

function node(text: string, change: Partial<PlanNode> = {}): PlanNode {
  return { operator: 'function', text, position: { start: 0, end: 0 }, details: {}, steps: 1, estimated: {}, inputs: [], ...change };
}

function took(wallSeconds: number): Pick<PlanNode, 'actual'> {
  const actual = {
    seriesIn: 0, seriesOut: 0, seriesWithSamples: 0, samplesOut: 0, samplesDecoded: 0, chunksDecoded: 0,
    totalQueryableSamples: 0, samplesRead: 0, wallSeconds, cpuSeconds: 0, heldBytes: 0, cacheHits: 0,
  };
  return { actual };
}

describe('planRows', () => {
  it('lists operators before their inputs, with their depth', () => {
    const plan = node('a', { inputs: [node('b', { inputs: [node('c')] }), node('d')] });
    expect(planRows(plan).map(({ depth, node: { text } }) => `${depth}${text}`)).toEqual(['0a', '1b', '2c', '1d']);
  });

  it('tells which part of the time each took', () => {
    const plan = node('a', { ...took(1), inputs: [node('b', took(3))] });
    expect(planRows(plan).map(({ share }) => share)).toEqual([0.25, 0.75]);
  });
});

describe('textAt', () => {
  it('counts bytes', () => {
    expect(textAt('é + up', { start: 5, end: 7 })).toBe('up');
  });
});

describe('words', () => {
  it('names operators by what tells most', () => {
    expect(nameOf(node('', { details: { function: 'rate' } }))).toBe('rate');
    expect(nameOf(node('', { details: { operator: 'sum by (job)', method: 'folds' } }))).toBe('sum by (job)');
    expect(nameOf(node('1'))).toBe('');
  });

  it('tells bounds from exact numbers', () => {
    expect(seriesEstimate(node('', { estimated: { series: 1234, exact: true } }))).toBe('1,234');
    expect(seriesEstimate(node('', { estimated: { series: 2, exact: false } }))).toBe('≤ 2');
    expect(seriesEstimate(node(''))).toBe('?');
  });
});
