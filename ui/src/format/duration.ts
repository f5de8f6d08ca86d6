const units: readonly (readonly [name: string, millis: number])[] = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];

const grammar = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of a duration such as `5m` or `1d2h`; null if the text is not one. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const match = trimmed === '' ? null : grammar.exec(trimmed);
  if (match === null) return null;
  return units.reduce((sum, [, millis], i) => sum + Number(match[i + 1] ?? 0) * millis, 0);
}

interface Part {
  count: number;
  unit: string;
}

/** Splits into units; years and weeks only where nothing remains, as `90d` reads easier than `12w6d`. */
function partsOf(millis: number): Part[] {
  const parts: Part[] = [];
  let rest = Math.round(millis);
  for (const [unit, size] of units) {
    if ((unit === 'y' || unit === 'w') && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) parts.push({ count, unit });
    rest -= count * size;
  }
  return parts;
}

/** Prometheus' form, `1d2h3m4s`, which `parseDuration` reads back. */
export function formatDuration(millis: number): string {
  const parts = partsOf(Math.abs(millis));
  const text = parts.length === 0 ? '0s' : parts.map(({ count, unit }) => `${count}${unit}`).join('');
  return millis < 0 ? `-${text}` : text;
}

/** For people: `5d 3h`, `2.34s`, `12.5ms`. */
export function humanizeDuration(millis: number): string {
  const size = Math.abs(millis);
  const sign = millis < 0 ? '-' : '';
  if (size === 0) return '0s';
  if (size < 1) return `${sign}${Number(size.toPrecision(3))}ms`;
  if (size < 1000) return `${sign}${Number(size.toFixed(size < 100 ? 1 : 0))}ms`;
  const parts = partsOf(size < 60_000 ? size : Math.round(size / 1000) * 1000);
  const texts = parts.filter(({ unit }) => unit !== 's' && unit !== 'ms').map(({ count, unit }) => `${count}${unit}`);
  const seconds = parts.reduce((sum, { count, unit }) => sum + (unit === 's' ? count : unit === 'ms' ? count / 1000 : 0), 0);
  if (seconds > 0) texts.push(`${Number(seconds.toFixed(3))}s`);
  return sign + texts.join(' ');
}

/** How long ago an RFC 3339 time was; Go's zero time means that it never was. */
export function humanizeAgo(timestamp: string, nowMillis: number): string {
  const millis = Date.parse(timestamp);
  if (Number.isNaN(millis) || millis < 0) return 'never';
  return `${humanizeDuration(Math.max(0, nowMillis - millis))} ago`;
}
