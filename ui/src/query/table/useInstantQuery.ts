import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Answer, callApi } from '../../api/client';
import type { QueryResult } from '../../api/types';

/** Evaluates at the time given, or for null at the moment the server is asked. */
export function useInstantQuery(query: string, timeMillis: number | null, execution: number) {
  return useQuery<Answer<QueryResult>>({
    queryKey: ['/query', query, timeMillis, execution],
    enabled: query !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => callApi<QueryResult>('/query', { query, time: String((timeMillis ?? Date.now()) / 1000) }, signal),
  });
}
