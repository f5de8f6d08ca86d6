import { MantineProvider, VisuallyHidden } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { pathPrefix } from '../api/prefix';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { Loading } from '../components/Loading';
import classes from './App.module.css';
import { agentMode } from './embedded';
import { Header } from './Header';
import { NotFound } from './NotFound';
import { pagesFor } from './pages';
import { Readiness } from './Readiness';
import { theme } from './theme';
import { useDocumentTitle } from './useDocumentTitle';

// Answers are kept for a minute only: a range query can be large.
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, gcTime: 60_000 } },
});

function Content() {
  const { pathname, search } = useLocation();
  const pages = pagesFor(agentMode);
  const title = pages.find((page) => page.path === pathname)?.title;
  useDocumentTitle(title);
  return (
    <main id="content" className={classes.main} tabIndex={-1}>
      <VisuallyHidden component="h1">{title ?? 'Narthex'}</VisuallyHidden>
      <ErrorBoundary key={pathname}>
        <Suspense fallback={<Loading />}>
          <Routes>
            {pages.map(({ path, component: Component }) => (
              <Route key={path} path={path} element={<Component />} />
            ))}
            <Route path="/graph" element={<Navigate to={`/query${search}`} replace />} />
            <Route path="/agent" element={<Navigate to="/targets" replace />} />
            <Route path="/" element={<Navigate to={agentMode ? '/targets' : '/query'} replace />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <BrowserRouter basename={pathPrefix} useTransitions={false}>
          <Header />
          <Readiness>
            <Content />
          </Readiness>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
