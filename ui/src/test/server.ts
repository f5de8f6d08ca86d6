import { vi } from 'vitest';

export interface Reply {
  status?: number;
  body: unknown;
}

/** Takes the place of the network: answers by the path below /api/v1 and records what was asked for. */
export function serve(replies: Readonly<Record<string, Reply>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (input: string) => {
    asked.push(input);
    const path = new URL(input, 'http://server').pathname.replace('/api/v1', '');
    const { status = 200, body } = replies[path] ?? { status: 404, body: { status: 'error', errorType: 'not_found', error: 'no such path' } };
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
  });
  return asked;
}

export function success(data: unknown, annotations: { warnings?: string[]; infos?: string[] } = {}): Reply {
  return { body: { status: 'success', data, ...annotations } };
}

export function failure(errorType: string, error: string, status = 400): Reply {
  return { status, body: { status: 'error', errorType, error } };
}
