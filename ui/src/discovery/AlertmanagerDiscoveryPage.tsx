import { Anchor, Text } from '@mantine/core';
import type { Alertmanagers } from '../api/types';
import { useApi } from '../api/useApi';
import { Loaded } from '../components/Loaded';
import { Section } from '../components/Section';

export default function AlertmanagerDiscoveryPage() {
  const alertmanagers = useApi<Alertmanagers>('/alertmanagers', { refreshMillis: 30_000 });
  return (
    <Loaded what="the Alertmanagers" query={alertmanagers}>
      {(data) => (
        <>
          <Section title="Active Alertmanagers" icon="bell">
            <Addresses urls={data.activeAlertmanagers.map(({ url }) => url)} />
          </Section>
          <Section title="Dropped Alertmanagers">
            <Addresses urls={data.droppedAlertmanagers.map(({ url }) => url)} />
          </Section>
        </>
      )}
    </Loaded>
  );
}

function Addresses({ urls }: { urls: string[] }) {
  if (urls.length === 0) return <Text c="dimmed">None.</Text>;
  return urls.map((url) => (
    <div key={url}>
      <Anchor href={url} target="_blank" rel="noreferrer">
        {url}
      </Anchor>
    </div>
  ));
}
