import { formatSampleValue } from '../../format/value';

/** Short enough for a column; the exact value stands in the tooltip and in the table. */
export function formatLegendValue(value: number | null): string {
  return value === null ? '–' : formatSampleValue(Number(value.toPrecision(6)));
}

/** Which series are hidden after a click on one: shown alone, all again, or just that one changed. */
export function toggleHidden(hidden: ReadonlySet<number>, count: number, series: number, additive: boolean): Set<number> {
  if (additive) {
    const next = new Set(hidden);
    if (!next.delete(series)) next.add(series);
    return next;
  }
  const alone = hidden.size === count - 1 && !hidden.has(series);
  if (alone || count === 1) return new Set();
  return new Set(Array.from({ length: count }, (_, i) => i).filter((i) => i !== series));
}
