import { Skeleton, Stack } from '@mantine/core';

/** Stands in for content on its way. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={28} width={`${100 - ((i * 7) % 23)}%`} />
      ))}
    </Stack>
  );
}
