import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice';

interface State {
  error: Error | null;
}

/** Keeps a defect, or a chunk that could not be loaded, from taking the whole page away. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ErrorNotice title="This part of the page failed" error={error} onRetry={() => location.reload()} />;
  }
}
