import { pathPrefix } from './prefix';

export type Params = Readonly<Record<string, string | readonly string[]>>;

export interface Answer<T> {
  data: T;
  warnings: string[];
  infos: string[];
  /** From the request to the decoded answer. */
  elapsedMillis: number;
}

/** A request the server refused, or that did not reach it (`kind` is then `network`). */
export class ApiError extends Error {
  readonly kind: string;
  readonly status: number;

  constructor(message: string, kind: string, status: number) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
  }
}

interface Envelope<T> {
  status: 'success' | 'error';
  data?: T;
  warnings?: string[];
  infos?: string[];
  error?: string;
  errorType?: string;
}

// Above this a query goes into a form body: proxies refuse very long addresses.
const maxAddressLength = 2000;

function formOf(params: Params): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of typeof value === 'string' ? [value] : value) form.append(name, item);
  }
  return form;
}

function send(path: string, params: Params, signal?: AbortSignal): Promise<Response> {
  const form = formOf(params).toString();
  const address = `${pathPrefix}/api/v1${path}`;
  const options: RequestInit = { cache: 'no-store', credentials: 'same-origin', ...(signal && { signal }) };
  if (form.length > maxAddressLength) {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return fetch(address, { ...options, method: 'POST', body: form, headers });
  }
  return fetch(form === '' ? address : `${address}?${form}`, options);
}

async function decode<T>(response: Response): Promise<Envelope<T>> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    const text = (await response.text()).trim();
    const reason = text === '' || text.startsWith('<') ? response.statusText : text.slice(0, 300);
    throw new ApiError(reason || `HTTP status ${response.status}`, 'http', response.status);
  }
  try {
    return (await response.json()) as Envelope<T>;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ApiError('the answer is not valid JSON', 'http', response.status);
    throw error;
  }
}

/** Reads one endpoint below `/api/v1`. Throws `ApiError`, or the abort error when the signal fires. */
export async function callApi<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<Answer<T>> {
  const started = performance.now();
  let response: Response;
  try {
    response = await send(path, params, signal);
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError('the server cannot be reached', 'network', 0);
    throw error;
  }
  const body = await decode<T>(response);
  if (body.status !== 'success') {
    throw new ApiError(body.error ?? 'the server gave no reason', body.errorType ?? 'unknown', response.status);
  }
  return {
    data: body.data as T,
    warnings: body.warnings ?? [],
    infos: body.infos ?? [],
    elapsedMillis: performance.now() - started,
  };
}
