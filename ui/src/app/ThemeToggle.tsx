import { ActionIcon, type MantineColorScheme, Tooltip, useMantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from '../components/Icon';

interface Choice {
  next: MantineColorScheme;
  icon: IconName;
  label: string;
}

const choices: Record<MantineColorScheme, Choice> = {
  auto: { next: 'light', icon: 'halfMoon', label: 'system' },
  light: { next: 'dark', icon: 'sun', label: 'light' },
  dark: { next: 'auto', icon: 'moon', label: 'dark' },
};

/** Steps through system, light and dark. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, icon, label } = choices[colorScheme];
  const text = `Theme: ${label}. Switch to ${choices[next].label}`;
  return (
    <Tooltip label={text} openDelay={400}>
      <ActionIcon variant="subtle" color="gray.4" size="lg" aria-label={text} onClick={() => setColorScheme(next)}>
        <Icon name={icon} size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
