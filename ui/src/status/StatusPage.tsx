import { useApi } from '../api/useApi';
import { useSettings } from '../app/settings';
import { Facts } from '../components/Facts';
import { Loaded } from '../components/Loaded';
import { Section } from '../components/Section';
import { humanizeDuration } from '../format/duration';
import { formatTimestamp } from '../format/time';

type Info = Readonly<Record<string, string | number | boolean>>;

const runtimeNames: Readonly<Record<string, string>> = {
  startTime: 'Start time',
  CWD: 'Working directory',
  hostname: 'Host name',
  serverTime: 'Server time',
  reloadConfigSuccess: 'Configuration reload',
  lastConfigTime: 'Last successful configuration reload',
  corruptionCount: 'WAL corruptions',
  goroutineCount: 'Threads',
  storageRetention: 'Storage retention',
};

const buildNames: Readonly<Record<string, string>> = {
  version: 'Version',
  revision: 'Revision',
  branch: 'Branch',
  buildUser: 'Build user',
  buildDate: 'Build date',
  goVersion: 'Runtime',
};

const timeFields = new Set(['startTime', 'serverTime', 'lastConfigTime']);

function factsOf(info: Info, names: Readonly<Record<string, string>>, local: boolean): [string, string][] {
  return Object.entries(info).map(([key, value]) => {
    const name = names[key] ?? key;
    if (key === 'reloadConfigSuccess') return [name, value === true ? 'successful' : 'failed; the previous one stays active'];
    const millis = timeFields.has(key) ? Date.parse(String(value)) : NaN;
    return [name, Number.isNaN(millis) || millis < 0 ? String(value) : formatTimestamp(millis, local)];
  });
}

export default function StatusPage() {
  const { localTime } = useSettings();
  const runtime = useApi<Info>('/status/runtimeinfo', { refreshMillis: 15_000 });
  const build = useApi<Info>('/status/buildinfo');
  return (
    <>
      <Section title="Runtime information" icon="pulse">
        <Loaded what="the runtime information" query={runtime}>
          {(info) => <Facts rows={[...uptime(info), ...factsOf(info, runtimeNames, localTime)]} />}
        </Loaded>
      </Section>
      <Section title="Build information" icon="info">
        <Loaded what="the build information" query={build}>
          {(info) => <Facts rows={factsOf(info, buildNames, localTime)} />}
        </Loaded>
      </Section>
    </>
  );
}

function uptime(info: Info): [string, string][] {
  const millis = Date.parse(String(info['serverTime'])) - Date.parse(String(info['startTime']));
  return millis >= 0 ? [['Uptime', humanizeDuration(Math.floor(millis / 1000) * 1000)]] : [];
}
