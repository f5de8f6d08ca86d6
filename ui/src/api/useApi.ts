import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Answer, type Params, callApi } from './client';

interface Options {
  params?: Params;
  enabled?: boolean;
  /** Asks again after this time for as long as the page is visible. */
  refreshMillis?: number;
}

/** The one way in which pages read the API. While new data is on its way the previous data stays. */
export function useApi<T>(path: string, options: Options = {}): UseQueryResult<Answer<T>> {
  const { params = {}, enabled = true, refreshMillis = false } = options;
  return useQuery<Answer<T>>({
    queryKey: [path, params],
    queryFn: ({ signal }) => callApi<T>(path, params, signal),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMillis,
  });
}
