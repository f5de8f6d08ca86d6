import { describe, expect, it } from 'vitest';
import { forgetQueries, queryHistory, rememberQuery } from './history';

describe('query history', () => {
  it('has the newest first and each only once', () => {
    for (const query of ['a', 'b', ' a ', '']) rememberQuery(query);
    expect(queryHistory()).toEqual(['a', 'b']);
  });
  it('keeps fifty', () => {
    for (let i = 0; i < 60; i++) rememberQuery(`q${i}`);
    expect(queryHistory()).toHaveLength(50);
    expect(queryHistory()[0]).toBe('q59');
  });
  it('forgets', () => {
    rememberQuery('a');
    forgetQueries();
    expect(queryHistory()).toEqual([]);
  });
  it('survives damaged storage', () => {
    localStorage.setItem('narthex.queryHistory', '{"not": "a list"');
    expect(queryHistory()).toEqual([]);
  });
});
