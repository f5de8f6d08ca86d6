import type { LabelSet } from '../format/series';

/** `[seconds, value]` */
export type Sample = readonly [time: number, value: string];
/** `[boundaryRule, lower, upper, count]`; rule 0 = (lower, upper], 1 = [lower, upper), 2 = open, 3 = closed. */
export type Bucket = readonly [rule: number, lower: string, upper: string, count: string];
export interface NativeHistogram {
  count: string;
  sum: string;
  buckets?: Bucket[];
}
export type HistogramSample = readonly [time: number, histogram: NativeHistogram];

export interface VectorElement {
  metric: LabelSet;
  value?: Sample;
  histogram?: HistogramSample;
}
export interface MatrixElement {
  metric: LabelSet;
  values?: Sample[];
  histograms?: HistogramSample[];
}
export interface MatrixResult {
  resultType: 'matrix';
  result: MatrixElement[];
}
export type QueryResult =
  | { resultType: 'vector'; result: VectorElement[] }
  | MatrixResult
  | { resultType: 'scalar' | 'string'; result: Sample };

export interface MetricMetadata {
  type: string;
  help: string;
  unit: string;
}

export type Health = 'up' | 'down' | 'unknown';
export interface Target {
  discoveredLabels: LabelSet;
  labels: LabelSet;
  scrapePool: string;
  scrapeUrl: string;
  globalUrl: string;
  lastError: string;
  lastScrape: string;
  lastScrapeDuration: number;
  health: Health;
  scrapeInterval: string;
  scrapeTimeout: string;
}
export interface DroppedTarget {
  discoveredLabels: LabelSet;
  scrapePool: string;
}
export interface Targets {
  activeTargets: Target[];
  droppedTargets: DroppedTarget[];
  droppedTargetCounts?: Record<string, number>;
}

export interface NamedCount {
  name: string;
  value: number;
}
export interface TsdbStatus {
  headStats: { numSeries: number; numLabelPairs: number; chunkCount: number; minTime: number; maxTime: number };
  seriesCountByMetricName: NamedCount[];
  labelValueCountByLabelName: NamedCount[];
  memoryInBytesByLabelName: NamedCount[];
  seriesCountByLabelValuePair: NamedCount[];
}

export type AlertState = 'inactive' | 'pending' | 'firing' | 'unknown';
export interface Alert {
  labels: LabelSet;
  annotations: LabelSet;
  state: AlertState;
  activeAt?: string;
  value: string;
}
interface RuleBase {
  name: string;
  query: string;
  labels?: LabelSet;
  health: 'ok' | 'err' | 'unknown';
  lastError?: string;
  evaluationTime: number;
  lastEvaluation: string;
}
export interface AlertingRule extends RuleBase {
  type: 'alerting';
  state: AlertState;
  duration: number;
  keepFiringFor: number;
  annotations?: LabelSet;
  alerts: Alert[];
}
export interface RecordingRule extends RuleBase {
  type: 'recording';
}
export type Rule = AlertingRule | RecordingRule;
export interface RuleGroup {
  name: string;
  file: string;
  interval: number;
  limit: number;
  rules: Rule[];
  evaluationTime: number;
  lastEvaluation: string;
}

/** Something the server wants its operator to know, such as a reload that failed. */
export interface ServerNotification {
  text: string;
  date: string;
  active: boolean;
}

export interface Alertmanagers {
  activeAlertmanagers: { url: string }[];
  droppedAlertmanagers: { url: string }[];
}
