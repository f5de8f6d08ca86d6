import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { IconName } from '../components/Icon';

export interface Page {
  path: string;
  title: string;
  icon: IconName;
  group: 'main' | 'monitoring' | 'server';
  /** Whether the page has a meaning where nothing is stored or queried. */
  inAgentMode: boolean;
  component: LazyExoticComponent<ComponentType>;
}

/** Each page is a chunk of its own: the first load carries the frame and the page asked for. */
const allPages: readonly Page[] = [
  { path: '/query', title: 'Query', icon: 'search', group: 'main', inAgentMode: false, component: lazy(() => import('../query/QueryPage')) },
  { path: '/alerts', title: 'Alerts', icon: 'bell', group: 'main', inAgentMode: false, component: lazy(() => import('../alerts/AlertsPage')) },
  { path: '/targets', title: 'Target health', icon: 'pulse', group: 'monitoring', inAgentMode: true, component: lazy(() => import('../targets/TargetsPage')) },
  { path: '/rules', title: 'Rule health', icon: 'table', group: 'monitoring', inAgentMode: false, component: lazy(() => import('../rules/RulesPage')) },
  { path: '/service-discovery', title: 'Service discovery', icon: 'cloud', group: 'monitoring', inAgentMode: true, component: lazy(() => import('../discovery/ServiceDiscoveryPage')) },
  { path: '/status', title: 'Runtime & build information', icon: 'info', group: 'server', inAgentMode: true, component: lazy(() => import('../status/StatusPage')) },
  { path: '/tsdb-status', title: 'TSDB status', icon: 'database', group: 'server', inAgentMode: false, component: lazy(() => import('../status/TsdbStatusPage')) },
  { path: '/flags', title: 'Command-line flags', icon: 'flag', group: 'server', inAgentMode: true, component: lazy(() => import('../status/FlagsPage')) },
  { path: '/config', title: 'Configuration', icon: 'settings', group: 'server', inAgentMode: true, component: lazy(() => import('../status/ConfigPage')) },
  { path: '/alertmanager-discovery', title: 'Alertmanager discovery', icon: 'bell', group: 'server', inAgentMode: false, component: lazy(() => import('../discovery/AlertmanagerDiscoveryPage')) },
];

export function pagesFor(agentMode: boolean): readonly Page[] {
  return agentMode ? allPages.filter((page) => page.inAgentMode) : allPages;
}
