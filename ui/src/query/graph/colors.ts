// Told apart also with the common colour vision deficiencies as far as ten colours allow.
const light = ['#1c6fb8', '#e8590c', '#2b8a3e', '#a61e9b', '#b8860b', '#0c8599', '#d6336c', '#5f3dc4', '#74a010', '#7d5a44'];
const dark = ['#4dabf7', '#ff922b', '#51cf66', '#e879d8', '#ffd43b', '#22d3c5', '#ff8787', '#a78bfa', '#bde34f', '#d0a98f'];

const goldenAngle = 137.508;

/** The colour as a surface that lets what is below shine through. */
export function fillOf(color: string): string {
  return color.startsWith('#') ? `${color}55` : color.replace(')', ' / 33%)');
}

/** Colour of the series at an index; beyond the palette hues keep the greatest distance from their predecessors. */
export function seriesColor(index: number, isDark: boolean): string {
  const palette = isDark ? dark : light;
  const chosen = palette[index];
  if (chosen !== undefined) return chosen;
  const hue = Math.round((index * goldenAngle) % 360);
  return isDark ? `hsl(${hue} 70% 68%)` : `hsl(${hue} 65% 38%)`;
}
