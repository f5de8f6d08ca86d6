/** What `/query_explain` answers. */
export interface Explanation {
  analyzed: boolean;
  plan?: PlanNode;
  hints: Hint[];
  error?: string;
}

export interface Position {
  /** Bytes of the query's UTF-8 form. */
  start: number;
  end: number;
}

export interface PlanNode {
  operator: string;
  text: string;
  position: Position;
  details: Record<string, string>;
  steps: number;
  estimated: { series?: number; exact?: boolean; samples?: number };
  actual?: Actual;
  inputs: PlanNode[];
}

export interface Actual {
  seriesIn: number;
  seriesOut: number;
  seriesWithSamples: number;
  samplesOut: number;
  samplesDecoded: number;
  chunksDecoded: number;
  totalQueryableSamples: number;
  samplesRead: number;
  wallSeconds: number;
  cpuSeconds: number;
  heldBytes: number;
  cacheHits: number;
}

export interface Hint {
  kind: string;
  text: string;
  position: Position;
  /** Line and column. */
  at: string;
}

/** An operator as a row of the tree. */
export interface PlanRow {
  key: string;
  depth: number;
  node: PlanNode;
  /** Part of the time of all operators that this one took by itself, from 0 to 1. */
  share: number;
}

/** The operators in the order of the tree, outermost first. */
export function planRows(plan: PlanNode): PlanRow[] {
  const rows: PlanRow[] = [];
  const add = (node: PlanNode, depth: number, key: string) => {
    rows.push({ key, depth, node, share: 0 });
    node.inputs.forEach((input, i) => add(input, depth + 1, `${key}.${i}`));
  };
  add(plan, 0, '0');
  const total = rows.reduce((sum, { node }) => sum + (node.actual?.wallSeconds ?? 0), 0);
  if (total === 0) return rows;
  return rows.map((row) => ({ ...row, share: (row.node.actual?.wallSeconds ?? 0) / total }));
}

/** The part of a query that a position means. */
export function textAt(query: string, { start, end }: Position): string {
  return new TextDecoder().decode(new TextEncoder().encode(query).slice(start, end));
}

/** What the operator is, beside its kind: `sum by (job)`, `rate`, `* on (instance)`. */
export function nameOf({ details }: PlanNode): string {
  return details.operator ?? details.function ?? details.matchers ?? '';
}

export function seriesEstimate({ estimated }: PlanNode): string {
  if (estimated.series === undefined) return '?';
  return `${estimated.exact === true ? '' : '≤ '}${estimated.series.toLocaleString('en')}`;
}
