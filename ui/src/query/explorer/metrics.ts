import type { MetricMetadata } from '../../api/types';
import { matchesWords } from '../../components/matchesWords';

export interface Metric {
  name: string;
  type: string;
  help: string;
  unit: string;
}

/** Every metric name that has series or metadata, in order. Where targets disagree, the first description counts. */
export function metricsOf(names: readonly string[], metadata: Readonly<Record<string, MetricMetadata[]>>): Metric[] {
  return [...new Set([...names, ...Object.keys(metadata)])].sort().map((name) => {
    const { type = 'unknown', help = '', unit = '' } = metadata[name]?.[0] ?? familyOf(name, metadata) ?? {};
    return { name, type, help, unit };
  });
}

/** A histogram's and a summary's series carry suffixes that their metadata does not. */
function familyOf(name: string, metadata: Readonly<Record<string, MetricMetadata[]>>): MetricMetadata | undefined {
  const family = name.replace(/_(?:bucket|count|sum|total|created|info)$/, '');
  return family === name ? undefined : metadata[family]?.[0];
}

export function filterMetrics(metrics: readonly Metric[], search: string, type: string): Metric[] {
  return metrics.filter((metric) => (type === '' || metric.type === type) && matchesWords(`${metric.name} ${metric.help}`, search));
}
