import { useSyncExternalStore } from 'react';

export interface Settings {
  localTime: boolean;
  queryHistory: boolean;
  completion: boolean;
  linting: boolean;
}

const storageKey = 'narthex.settings';
const defaults: Settings = { localTime: false, queryHistory: true, completion: true, linting: true };

function load(): Settings {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Settings>) };
  } catch {
    return defaults;
  }
}

let current = load();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage is full or switched off: the setting lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => current);
}
