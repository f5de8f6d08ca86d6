import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Answer, callApi } from '../../api/client';
import type { MatrixResult } from '../../api/types';
import { type Panel, stepMillisOf } from '../panel';
import type { Window } from './chartData';

export interface RangeAnswer {
  answer: Answer<MatrixResult>;
  /** What was asked for: until the next answer is there, the old one is drawn on its own grid. */
  window: Window;
}

/** Evaluates over the panel's range, which ends at its end time or else at the moment the server is asked. */
export function useRangeQuery(query: string, panel: Panel, execution: number) {
  const { endMillis, rangeMillis } = panel;
  const step = stepMillisOf(panel) / 1000;
  return useQuery<RangeAnswer>({
    queryKey: ['/query_range', query, endMillis, rangeMillis, step, execution],
    enabled: query !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const end = (endMillis ?? Date.now()) / 1000;
      const window: Window = { start: end - rangeMillis / 1000, end, step };
      const params = { query, start: String(window.start), end: String(end), step: String(step) };
      return { answer: await callApi<MatrixResult>('/query_range', params, signal), window };
    },
  });
}
