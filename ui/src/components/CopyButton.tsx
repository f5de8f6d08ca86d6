import { ActionIcon } from '@mantine/core';
import { useEffect, useState } from 'react';
import { copyText } from './copyText';
import { Icon } from './Icon';

interface Props {
  text: string;
  label: string;
}

export function CopyButton({ text, label }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const shown = copied ? 'Copied' : label;
  return (
    <ActionIcon
      variant="subtle"
      color={copied ? 'green' : 'gray'}
      size="sm"
      title={shown}
      aria-label={shown}
      onClick={() => void copyText(text).then(setCopied)}
    >
      <Icon name={copied ? 'check' : 'copy'} size={14} />
    </ActionIcon>
  );
}
