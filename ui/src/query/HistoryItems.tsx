import { Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/Icon';
import { forgetQueries, queryHistory } from './history';

export function HistoryItems({ onPick }: { onPick: (expr: string) => void }) {
  const [queries, setQueries] = useState(queryHistory);
  if (queries.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        No past queries in this browser yet.
      </Text>
    );
  }
  const forget = () => {
    forgetQueries();
    setQueries([]);
  };
  return (
    <>
      <Menu.Label>Past queries of this browser</Menu.Label>
      {queries.map((query) => (
        <Menu.Item key={query} ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }} onClick={() => onPick(query)}>
          {query}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<Icon name="trash" />} color="red" closeMenuOnClick={false} onClick={forget}>
        Forget them
      </Menu.Item>
    </>
  );
}
