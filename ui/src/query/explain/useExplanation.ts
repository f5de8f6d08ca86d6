import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Answer, callApi } from '../../api/client';
import { type Panel, stepMillisOf } from '../panel';
import type { Explanation } from './explanation';

export interface ExplainRequest {
  /** Runs the query and measures it. */
  analyze: boolean;
  /** Over the range of the graph, or else at one time. */
  range: boolean;
}

function timesOf(panel: Panel, range: boolean): Record<string, string> {
  const end = (panel.endMillis ?? Date.now()) / 1000;
  if (!range) return { time: String(end) };
  return { start: String(end - panel.rangeMillis / 1000), end: String(end), step: String(stepMillisOf(panel) / 1000) };
}

export function useExplanation(query: string, panel: Panel, execution: number, { analyze, range }: ExplainRequest) {
  const { endMillis, rangeMillis } = panel;
  return useQuery<Answer<Explanation>>({
    queryKey: ['/query_explain', query, endMillis, range ? [rangeMillis, stepMillisOf(panel)] : null, analyze, execution],
    enabled: query !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      callApi<Explanation>('/query_explain', { query, ...timesOf(panel, range), ...(analyze && { analyze: 'true' }) }, signal),
  });
}
