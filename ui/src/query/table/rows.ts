import type { HistogramSample, NativeHistogram, QueryResult, Sample } from '../../api/types';
import type { LabelSet } from '../../format/series';

/** One line of the table: a series with its sample or samples, or a lone scalar or string. */
export type Row =
  | { kind: 'value'; labels: LabelSet | null; value: string }
  | { kind: 'histogram'; labels: LabelSet; histogram: NativeHistogram }
  | { kind: 'samples'; labels: LabelSet; samples: RangeSample[] };

export interface RangeSample {
  timeMillis: number;
  value: string;
}

export function histogramText({ count, sum }: NativeHistogram): string {
  return `count ${count}, sum ${sum}`;
}

function rangeSamples(values: readonly Sample[], histograms: readonly HistogramSample[]): RangeSample[] {
  const samples = [
    ...values.map(([time, value]) => ({ timeMillis: time * 1000, value })),
    ...histograms.map(([time, histogram]) => ({ timeMillis: time * 1000, value: histogramText(histogram) })),
  ];
  return samples.sort((a, b) => a.timeMillis - b.timeMillis);
}

export function tableRows(data: QueryResult): Row[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value, histogram }) =>
        histogram
          ? { kind: 'histogram', labels: metric, histogram: histogram[1] }
          : { kind: 'value', labels: metric, value: value?.[1] ?? '' },
      );
    case 'matrix':
      return data.result.map(({ metric, values = [], histograms = [] }) => ({
        kind: 'samples',
        labels: metric,
        samples: rangeSamples(values, histograms),
      }));
    case 'scalar':
    case 'string':
      return [{ kind: 'value', labels: null, value: data.result[1] }];
  }
}
