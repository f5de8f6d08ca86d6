import { useApi } from '../api/useApi';
import { CopyButton } from '../components/CopyButton';
import { Loaded } from '../components/Loaded';
import { Notice } from '../components/Notice';
import { Section } from '../components/Section';
import { YamlText } from './YamlText';

export default function ConfigPage() {
  const config = useApi<{ yaml: string }>('/status/config');
  const yaml = config.data?.data.yaml ?? '';
  return (
    <Section title="Configuration" icon="settings" action={yaml !== '' && <CopyButton text={yaml} label="Copy the configuration" />}>
      <Loaded what="the configuration" query={config}>
        {(data) => (data.yaml.trim() === '' ? <Notice kind="info" title="The configuration is empty" /> : <YamlText yaml={data.yaml} />)}
      </Loaded>
    </Section>
  );
}
