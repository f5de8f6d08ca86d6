import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import type { ServerNotification } from '../api/types';
import { useApi } from '../api/useApi';
import { Icon } from '../components/Icon';
import { Notice } from '../components/Notice';
import { formatTimestamp } from '../format/time';
import { useSettings } from './settings';

/** A mark in the header while the server has something to say, for instance that a reload failed. */
export function ServerNotifications() {
  const { localTime } = useSettings();
  // A server without this resource has nothing to say: the error is not shown.
  const { data } = useApi<ServerNotification[] | null>('/notifications', { refreshMillis: 30_000 });
  const active = (data?.data ?? []).filter((notification) => notification.active);
  if (active.length === 0) return null;
  const label = active.length === 1 ? '1 message of the server' : `${active.length} messages of the server`;
  return (
    <Popover position="bottom-end" shadow="md" width={360} withArrow>
      <Popover.Target>
        <ActionIcon variant="subtle" color="yellow.4" size="lg" aria-label={label} title={label}>
          <Icon name="alert" size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {active.map(({ text, date }) => (
            <Notice key={`${date} ${text}`} kind="warning" title={text}>
              <Text size="xs" c="dimmed">
                since {formatTimestamp(Math.floor(Date.parse(date) / 1000) * 1000, localTime)}
              </Text>
            </Notice>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
