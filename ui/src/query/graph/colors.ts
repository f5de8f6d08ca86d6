// Told apart also with the common colour vision deficiencies as far as ten colours allow.
const light = ['#1f6fb4', '#d9480f', '#2b8a3e', '#9c36b5', '#b8860b', '#0b7285', '#c2255c', '#5c4bc2', '#5c940d', '#6b4f3a'];
const dark = ['#4dabf7', '#ff922b', '#69db7c', '#da77f2', '#ffd43b', '#3bc9db', '#faa2c1', '#9775fa', '#c0eb75', '#d0a98f'];

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
