export type LabelSet = Readonly<Record<string, string>>;

const metricNameGrammar = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelNameGrammar = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

export function labelName(name: string): string {
  return labelNameGrammar.test(name) ? name : quote(name);
}

export function labelPairs(labels: LabelSet): [name: string, value: string][] {
  return Object.entries(labels).filter(([name]) => name !== '__name__');
}

/** The label set as a selector that can be pasted into a query. */
export function formatSeries(labels: LabelSet): string {
  const name = labels['__name__'] ?? '';
  const pairs = labelPairs(labels).map(([label, value]) => `${labelName(label)}=${quote(value)}`);
  if (name === '' || metricNameGrammar.test(name)) {
    return pairs.length === 0 && name !== '' ? name : `${name}{${pairs.join(', ')}}`;
  }
  return `{${[quote(name), ...pairs].join(', ')}}`;
}
