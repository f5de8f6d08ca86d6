import { describe, expect, it } from 'vitest';
import { filterMetrics, metricsOf } from './metrics';

const metadata = {
  requests_seconds: [{ type: 'histogram', help: 'Duration of requests.', unit: 'seconds' }],
  unseen: [{ type: 'gauge', help: '', unit: '' }],
};
const metrics = metricsOf(['up', 'requests_seconds_bucket'], metadata);

describe('metricsOf', () => {
  it('joins names and metadata', () => expect(metrics.map(({ name }) => name)).toEqual(['requests_seconds', 'requests_seconds_bucket', 'unseen', 'up']));
  it('describes the series of a histogram by its family', () => expect(metrics[1]).toMatchObject({ type: 'histogram', help: 'Duration of requests.' }));
  it('does not know what nobody described', () => expect(metrics[3]?.type).toBe('unknown'));
});

describe('filterMetrics', () => {
  it('finds words in name and help in any order', () =>
    expect(filterMetrics(metrics, 'BUCKET duration', '').map(({ name }) => name)).toEqual(['requests_seconds_bucket']));
  it('filters by type', () => expect(filterMetrics(metrics, '', 'gauge').map(({ name }) => name)).toEqual(['unseen']));
});
