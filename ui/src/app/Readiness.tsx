import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callApi } from '../api/client';
import { pathPrefix } from '../api/prefix';
import { Notice } from '../components/Notice';
import { agentMode, servedReady } from './embedded';

interface WalReplay {
  min: number;
  max: number;
  current: number;
}

type State = { ready: true } | { ready: false; replay: WalReplay | null };

async function readState(): Promise<State> {
  try {
    const response = await fetch(`${pathPrefix}/-/ready`, { cache: 'no-store' });
    if (response.status !== 503) return { ready: true };
    const replay = agentMode ? null : (await callApi<WalReplay>('/status/walreplay')).data;
    return { ready: false, replay };
  } catch {
    // Not reachable is for the page to say, which knows what it wanted to read.
    return { ready: true };
  }
}

/** While the server replays its log, shows how far it is; the page takes over as soon as it is ready. */
export function Readiness({ children }: { children: ReactNode }) {
  const { data } = useQuery({
    queryKey: ['ready'],
    queryFn: readState,
    refetchInterval: ({ state }) => (state.data?.ready === false ? 1000 : false),
    ...(servedReady && { initialData: { ready: true } }),
    gcTime: Infinity,
    staleTime: Infinity,
  });
  if (data?.ready !== false) return children;
  const { replay } = data;
  const share = replay === null || replay.max <= replay.min ? 0 : (replay.current - replay.min) / (replay.max - replay.min);
  return (
    <Notice kind="info" title="The server is starting">
      <Text size="sm" mb="xs">
        {replay === null ? 'Waiting until it is ready.' : `Replaying the write-ahead log: segment ${replay.current} of ${replay.max}.`}
      </Text>
      <Progress value={100 * share} animated aria-label="Replay of the write-ahead log" />
    </Notice>
  );
}
