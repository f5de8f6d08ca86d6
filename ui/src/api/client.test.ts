import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adviceFor } from './advice';
import { ApiError, callApi } from './client';

const fetched = vi.fn<typeof fetch>();

function answer(body: unknown, status = 200, type = 'application/json'): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } });
}

async function failure(): Promise<ApiError> {
  const error: unknown = await callApi('/query').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('callApi', () => {
  beforeEach(() => {
    fetched.mockReset();
    vi.stubGlobal('fetch', fetched);
  });

  it('returns data, warnings and notes', async () => {
    fetched.mockResolvedValue(answer({ status: 'success', data: [1], warnings: ['w'], infos: ['i'] }));
    await expect(callApi('/labels')).resolves.toMatchObject({ data: [1], warnings: ['w'], infos: ['i'] });
  });

  it('repeats a parameter for each of its values', async () => {
    fetched.mockResolvedValue(answer({ status: 'success' }));
    await callApi('/series', { 'match[]': ['up', 'a b'] });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/series?match%5B%5D=up&match%5B%5D=a+b');
  });

  it('posts a query too long for an address', async () => {
    fetched.mockResolvedValue(answer({ status: 'success' }));
    await callApi('/query', { query: 'x'.repeat(3000) });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/query');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: `query=${'x'.repeat(3000)}` });
  });

  it("keeps the server's words and kind of an error", async () => {
    fetched.mockResolvedValue(answer({ status: 'error', errorType: 'bad_data', error: '1:1: parse error' }, 400));
    const error = await failure();
    expect([error.message, error.kind, error.status]).toEqual(['1:1: parse error', 'bad_data', 400]);
    expect(adviceFor(error)).toContain('line:column');
  });

  it('understands a plain 503 while the server starts', async () => {
    fetched.mockResolvedValue(answer('Service Unavailable', 503, 'text/plain'));
    const error = await failure();
    expect(error.message).toBe('Service Unavailable');
    expect(adviceFor(error)).toContain('starting');
  });

  it('says that the server cannot be reached', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    expect((await failure()).kind).toBe('network');
  });

  it('refuses half an answer', async () => {
    fetched.mockResolvedValue(answer('{"status":"succ'));
    expect((await failure()).message).toBe('the answer is not valid JSON');
  });
});
