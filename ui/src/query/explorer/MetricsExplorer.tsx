import { Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { MetricMetadata } from '../../api/types';
import { useApi } from '../../api/useApi';
import { Capped } from '../../components/Capped';
import { ErrorNotice } from '../../components/ErrorNotice';
import { FilterInput } from '../../components/FilterInput';
import { Loaded } from '../../components/Loaded';
import { Notice } from '../../components/Notice';
import { formatCount } from '../../format/value';
import { MetricTable } from './MetricTable';
import { filterMetrics, metricsOf } from './metrics';

interface Props {
  onClose: () => void;
  onInsert: (name: string) => void;
}

export default function MetricsExplorer({ onClose, onInsert }: Props) {
  const names = useApi<string[]>('/label/__name__/values');
  const metadata = useApi<Record<string, MetricMetadata[]>>('/metadata');
  const [search, setSearch] = useState('');
  const [type, setType] = useState('');
  return (
    <Modal opened onClose={onClose} size="70rem" title="Explore metrics" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Group mb="sm">
        <FilterInput value={search} onChange={setSearch} placeholder="Filter by name or help" autoFocus />
        <Select
          aria-label="Type"
          placeholder="All types"
          data={['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'unknown']}
          value={type === '' ? null : type}
          onChange={(value) => setType(value ?? '')}
          clearable
          w={150}
        />
      </Group>
      {metadata.error && <ErrorNotice title="Cannot read types and help" error={metadata.error} />}
      <Loaded what="the metric names" query={names}>
        {(data) => {
          const metrics = metricsOf(data, metadata.data?.data ?? {});
          const shown = filterMetrics(metrics, search, type);
          if (shown.length === 0) return <Notice kind="info" title={metrics.length === 0 ? 'There are no metrics yet' : 'No metric matches the filter'} />;
          return (
              <Capped key={`${search} ${type}`} items={shown} step={200} noun="metrics">
                {(part) => <MetricTable metrics={part} onInsert={onInsert} caption={`${formatCount(shown.length)} of ${formatCount(metrics.length)} metrics`} />}
              </Capped>
          );
        }}
      </Loaded>
    </Modal>
  );
}
