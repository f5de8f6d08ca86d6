import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '../api/client';
import { ErrorNotice } from './ErrorNotice';
import { Loading } from './Loading';

interface Props<T> {
  /** What is read, to complete "Cannot read …". */
  what: string;
  query: UseQueryResult<Answer<T>>;
  children: (data: T) => ReactNode;
}

/** The three states of a read: loading, failed (with the last data still shown, if there is some), there. */
export function Loaded<T>({ what, query, children }: Props<T>) {
  const { data, error, refetch } = query;
  return (
    <>
      {error && <ErrorNotice title={`Cannot read ${what}`} error={error} onRetry={() => void refetch()} />}
      {data ? children(data.data) : !error && <Loading />}
    </>
  );
}
