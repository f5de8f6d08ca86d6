const storageKey = 'narthex.queryHistory';
const maxQueries = 50;

/** Executed queries, newest first. */
export function queryHistory(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((query) => typeof query === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberQuery(expr: string): void {
  const query = expr.trim();
  if (query === '') return;
  const queries = [query, ...queryHistory().filter((other) => other !== query)].slice(0, maxQueries);
  try {
    localStorage.setItem(storageKey, JSON.stringify(queries));
  } catch {
    // Storage is full or switched off: history ends with this page.
  }
}

export function forgetQueries(): void {
  localStorage.removeItem(storageKey);
}
