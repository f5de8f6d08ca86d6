import { SimpleTable } from './SimpleTable';
import type { NamedCount, TsdbStatus } from '../api/types';
import { useApi } from '../api/useApi';
import { useSettings } from '../app/settings';
import { Facts } from '../components/Facts';
import { Loaded } from '../components/Loaded';
import { Section } from '../components/Section';
import { formatTimestamp } from '../format/time';
import { formatBytes, formatCount } from '../format/value';
import classes from './TsdbStatusPage.module.css';

interface Ranking {
  title: string;
  name: string;
  unit: string;
  of: (status: TsdbStatus) => NamedCount[];
  format: (value: number) => string;
}

const rankings: readonly Ranking[] = [
  { title: 'Top 10 label names with value count', name: 'Name', unit: 'Count', of: (s) => s.labelValueCountByLabelName, format: formatCount },
  { title: 'Top 10 series count by metric names', name: 'Name', unit: 'Count', of: (s) => s.seriesCountByMetricName, format: formatCount },
  { title: 'Top 10 label names with high memory usage', name: 'Name', unit: 'Bytes', of: (s) => s.memoryInBytesByLabelName, format: formatBytes },
  { title: 'Top 10 series count by label value pairs', name: 'Name', unit: 'Count', of: (s) => s.seriesCountByLabelValuePair, format: formatCount },
];

function headFacts({ headStats: head }: TsdbStatus, local: boolean): [string, string][] {
  // The head of an empty database has its bounds the wrong way round.
  const time = (millis: number) => (head.maxTime < head.minTime ? 'no samples yet' : formatTimestamp(millis, local));
  return [
    ['Number of series', formatCount(head.numSeries)],
    ['Number of chunks', formatCount(head.chunkCount)],
    ['Number of label pairs', formatCount(head.numLabelPairs)],
    ['Oldest sample', time(head.minTime)],
    ['Newest sample', time(head.maxTime)],
  ];
}

export default function TsdbStatusPage() {
  const { localTime } = useSettings();
  const status = useApi<TsdbStatus>('/status/tsdb');
  return (
    <Loaded what="the TSDB status" query={status}>
      {(data) => (
        <div className={classes.grid}>
          <Section title="Head" icon="database">
            <Facts rows={headFacts(data, localTime)} />
          </Section>
          {rankings.map(({ title, name, unit, of, format }) => (
            <Section key={title} title={title}>
              <SimpleTable head={[name, unit]} rows={of(data).map((row) => [row.name, format(row.value)])} />
            </Section>
          ))}
        </div>
      )}
    </Loaded>
  );
}
