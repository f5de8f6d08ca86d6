function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

function fields(millis: number, local: boolean): readonly [number, number, number, number, number, number] {
  const t = new Date(millis);
  return local
    ? [t.getFullYear(), t.getMonth() + 1, t.getDate(), t.getHours(), t.getMinutes(), t.getSeconds()]
    : [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds()];
}

/** `2026-11-21 08:30:00`, the form of the URL parameters (there always UTC) and of the end time input. */
export function formatTime(millis: number, local = false): string {
  const [year, month, day, hour, minute, second] = fields(millis, local);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** As `formatTime`, with the offset: `2026-11-21 08:30:00 +01:00`, and milliseconds where there are some. */
export function formatTimestamp(millis: number, local: boolean): string {
  const fraction = Math.round(millis) % 1000;
  const text = formatTime(millis, local) + (fraction === 0 ? '' : `.${pad(fraction, 3)}`);
  if (!local) return `${text} UTC`;
  const offset = -new Date(millis).getTimezoneOffset();
  const size = Math.abs(offset);
  return `${text} ${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const timeGrammar = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/** Milliseconds of a time as `formatTime` writes it, of RFC 3339 or of Unix seconds; null if it is none of them. */
export function parseTime(text: string, local = false): number | null {
  const trimmed = text.trim();
  if (/^\d{9,11}(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  const match = timeGrammar.exec(trimmed);
  if (match === null) {
    const millis = /^\d{4}-/.test(trimmed) ? Date.parse(trimmed) : NaN;
    return Number.isNaN(millis) ? null : millis;
  }
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(match[i] ?? 0)) as
    [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  return local
    ? new Date(year, month - 1, day, hour, minute, second).getTime()
    : Date.UTC(year, month - 1, day, hour, minute, second);
}
