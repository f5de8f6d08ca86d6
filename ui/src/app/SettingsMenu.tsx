import { ActionIcon, Popover, Stack, Switch, Text } from '@mantine/core';
import { Icon } from '../components/Icon';
import { type Settings, changeSettings, useSettings } from './settings';

const switches: readonly (readonly [key: keyof Settings, label: string])[] = [
  ['localTime', 'Show times in the local time zone'],
  ['queryHistory', 'Remember executed queries'],
  ['completion', 'Complete expressions while typing'],
  ['linting', 'Check expressions while typing'],
];

export function SettingsMenu() {
  const settings = useSettings();
  return (
    <Popover position="bottom-end" shadow="md" width={350} trapFocus withArrow>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray.4" size="lg" aria-label="Settings" title="Settings">
          <Icon name="settings" size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text fw={600} size="sm">
            Settings
          </Text>
          {switches.map(([key, label]) => (
            <Switch
              key={key}
              size="sm"
              label={label}
              checked={settings[key]}
              onChange={(event) => changeSettings({ [key]: event.currentTarget.checked })}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
