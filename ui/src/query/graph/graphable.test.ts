import { describe, expect, it } from 'vitest';
import { graphable } from './graphable';

describe('graphable', () => {
  it.each([
    ['x[5m]', 'x'],
    ['x{a="b[5m]"}[1h30m]', 'x{a="b[5m]"}'],
    ['x[5m] offset 1m', 'x offset 1m'],
    ['x[5m] @ 123 offset 1m', 'x @ 123 offset 1m'],
    ['(x[5m])', '(x)'],
    ['# note\nx[5m]', '# note\nx'],
  ])('draws %j as %j', (expr, drawn) => expect(graphable(expr)).toBe(drawn));

  it.each(['x', 'rate(x[5m])', 'max_over_time(rate(x[5m])[1h:])', 'x[5m', 'x[5m:1m]', '', 'sum('])('leaves %j alone', (expr) =>
    expect(graphable(expr)).toBe(expr));
});
