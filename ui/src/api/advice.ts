import { ApiError } from './client';

const byKind: Readonly<Record<string, string>> = {
  bad_data: 'Check the expression and its parameters; positions are line:column.',
  execution: 'The expression is valid but cannot be evaluated on this data. Change the selectors or the matching.',
  canceled: 'Execute it again.',
  timeout: 'Select fewer series, a shorter range or a larger step, or raise --query.timeout.',
  internal: "The server failed. Its log says more.",
  unavailable: 'The server cannot answer this yet. Try again in a moment.',
  not_found: 'This server does not offer the resource.',
  network: 'Check that the server runs and that this browser can reach it, then try again.',
};

/** One sentence on what to do about a failed request. */
export function adviceFor(error: Error): string {
  if (!(error instanceof ApiError)) return 'Reload the page; if it stays, this is a defect of the interface.';
  if (error.status === 401 || error.status === 403) return 'Sign in with an account that may read this.';
  if (error.status === 503 && error.kind === 'http') return 'The server is starting or stopping. Try again in a moment.';
  if (error.status === 404 && error.kind === 'http') return 'This server does not offer the resource.';
  if (/maximum resolution|points per timeseries/.test(error.message)) return 'Choose a larger step or a shorter range.';
  if (/range vector.*range query/.test(error.message)) {
    return 'Wrap the range vector in a function such as rate(), or look at its samples in the table.';
  }
  return byKind[error.kind] ?? "The server's log says more.";
}
