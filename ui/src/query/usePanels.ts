import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type Panel, defaultPanel } from './panel';
import { decodePanels, encodePanels } from './urlState';

export interface IdentifiedPanel {
  /** Stays with the panel when others come or go. */
  id: number;
  panel: Panel;
}

export interface Panels {
  list: IdentifiedPanel[];
  change: (index: number, change: Partial<Panel>) => void;
  add: () => void;
  duplicate: (index: number, expr: string) => void;
  remove: (index: number) => void;
}

let nextId = 0;

function idsFor(count: number, ids: readonly number[]): number[] {
  const result = ids.slice(0, count);
  while (result.length < count) result.push(nextId++);
  return result;
}

/** The panels of the page. The address is their only home: going back in the browser undoes a change. */
export function usePanels(): Panels {
  const [params, setParams] = useSearchParams();
  const decoded = decodePanels(params);
  const panels = decoded.length === 0 ? [defaultPanel] : decoded;
  const [ids, setIds] = useState<number[]>(() => idsFor(panels.length, []));
  // The address can also change from outside, by a link or by going back.
  if (ids.length !== panels.length) setIds(idsFor(panels.length, ids));

  const store = (next: Panel[], nextIds: number[]) => {
    setIds(nextIds);
    setParams(encodePanels(next));
  };
  return {
    list: panels.map((panel, i) => ({ id: ids[i] ?? -1 - i, panel })),
    change: (index, change) => store(panels.map((panel, i) => (i === index ? { ...panel, ...change } : panel)), ids),
    add: () => store([...panels, defaultPanel], [...ids, nextId++]),
    duplicate: (index, expr) =>
      store(
        panels.flatMap((panel, i) => (i === index ? [panel, { ...panel, expr }] : [panel])),
        ids.flatMap((id, i) => (i === index ? [id, nextId++] : [id])),
      ),
    remove: (index) =>
      store(
        panels.filter((_, i) => i !== index),
        ids.filter((_, i) => i !== index),
      ),
  };
}
