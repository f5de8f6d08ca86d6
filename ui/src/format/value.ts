/** A sample value as the API writes it: a decimal number, `NaN`, `+Inf` or `-Inf`. */
export function parseSampleValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number.parseFloat(text);
}

export function formatSampleValue(value: number): string {
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}

const large = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const small = ['', 'm', 'µ', 'n', 'p', 'f', 'a', 'z', 'y'];

/** One axis label, as Prometheus' graph writes it: `1.50k`, `0.25`, `3.00m`. Below 0.01 the small units begin. */
export function formatTick(value: number, precision = 2): string {
  const size = Math.abs(value);
  if (size >= 1000) {
    const power = Math.min(large.length - 1, Math.floor(Math.log10(size) / 3 + 1e-12));
    return (value / 10 ** (3 * power)).toFixed(precision) + (large[power] ?? '');
  }
  if (size === 0 || size >= 0.01) return value.toFixed(precision);
  let power = 1;
  while (power < small.length - 1 && size < 10 ** (-3 * power - 2)) power++;
  return (value * 10 ** (3 * power)).toFixed(precision) + (small[power] ?? '');
}

const maxPrecision = 8;

/** Labels of one axis: as many decimals as it takes to tell neighbours apart. */
export function formatTicks(values: readonly number[]): string[] {
  for (let precision = 2; precision < maxPrecision; precision++) {
    const labels = values.map((value) => formatTick(value, precision));
    if (new Set(labels).size === labels.length) return labels;
  }
  return values.map((value) => formatTick(value, maxPrecision));
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${binaryUnits[unit] ?? ''}`;
}

const counted = new Intl.NumberFormat('en-US');

/** A whole number with thousands separated: `12,345`. */
export function formatCount(value: number): string {
  return counted.format(value);
}
