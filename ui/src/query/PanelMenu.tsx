import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/Icon';
import classes from './QueryPanel.module.css';
import { HistoryItems } from './HistoryItems';

interface Props {
  canFormat: boolean;
  onExplore: () => void;
  onFormat: () => void;
  /** A past query was chosen. */
  onPick: (expr: string) => void;
  onDuplicate: () => void;
  onRemove?: () => void;
}

export function PanelMenu({ canFormat, onExplore, onFormat, onPick, onDuplicate, onRemove }: Props) {
  const [history, setHistory] = useState(false);
  return (
    <Menu shadow="md" width={history ? 420 : 220} position="bottom-end" onClose={() => setHistory(false)}>
      <Menu.Target>
        <ActionIcon className={classes.menu ?? ''} variant="subtle" color="gray" size="lg" aria-label="Query options">
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={440} style={{ overflowY: 'auto' }}>
        {history ? (
          <HistoryItems onPick={onPick} />
        ) : (
          <>
            <Menu.Item leftSection={<Icon name="search" />} onClick={onExplore}>
              Explore metrics
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="clock" />} closeMenuOnClick={false} onClick={() => setHistory(true)}>
              Past queries
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="format" />} onClick={onFormat} disabled={!canFormat}>
              Format expression
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="duplicate" />} onClick={onDuplicate}>
              Duplicate query
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="trash" />} color="red" onClick={onRemove} disabled={!onRemove}>
              Remove query
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
