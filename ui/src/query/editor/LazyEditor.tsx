import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { ComponentProps } from 'react';

// CodeMirror and the PromQL grammar are a third of all code: the page shows before they have arrived.
const ExpressionEditor = lazy(() => import('./ExpressionEditor'));

export function LazyEditor(props: ComponentProps<typeof ExpressionEditor>) {
  return (
    <Suspense fallback={<Skeleton h="1.5rem" my="0.45rem" w="60%" />}>
      <ExpressionEditor {...props} />
    </Suspense>
  );
}
