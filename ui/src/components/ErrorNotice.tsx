import { Button, Text } from '@mantine/core';
import { adviceFor } from '../api/advice';
import { Notice } from './Notice';

interface Props {
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** A failed request: what, why in the server's words, and what to do about it. */
export function ErrorNotice({ title, error, onRetry }: Props) {
  const retry = onRetry && (
    <Button size="compact-sm" variant="default" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Notice kind="error" title={title} action={retry}>
      {error.message}
      <Text size="sm" c="dimmed" mt={4}>
        {adviceFor(error)}
      </Text>
    </Notice>
  );
}
