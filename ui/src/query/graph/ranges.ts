const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const ranges: readonly number[] = [
  1000, 10_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 6 * hour, 12 * hour, day, 2 * day,
  7 * day, 14 * day, 28 * day, 56 * day, 112 * day, 182 * day, 365 * day, 730 * day,
];

/** The next range of the usual ones that is longer; the same where there is none. */
export function longerRange(millis: number): number {
  return ranges.find((range) => range > millis) ?? millis;
}

export function shorterRange(millis: number): number {
  return ranges.findLast((range) => range < millis) ?? millis;
}
