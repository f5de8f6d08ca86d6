import { CloseButton, TextInput } from '@mantine/core';
import { Icon } from './Icon';

interface Props {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  autoFocus?: boolean;
}

export function FilterInput({ value, onChange, placeholder, autoFocus = false }: Props) {
  return (
    <TextInput
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      placeholder={placeholder}
      aria-label={placeholder}
      leftSection={<Icon name="search" />}
      rightSection={value !== '' && <CloseButton size="sm" aria-label="Clear the filter" onClick={() => onChange('')} />}
      data-autofocus={autoFocus || undefined}
      flex="1 1 14rem"
      miw={0}
    />
  );
}
