import classes from './YamlText.module.css';
import { tokenizeYamlLine } from './yaml';

/** YAML with line numbers. The numbers are not part of what is selected and copied. */
export function YamlText({ yaml }: { yaml: string }) {
  const lines = yaml.replace(/\n$/, '').split('\n');
  return (
    <pre className={classes.yaml} tabIndex={0} aria-label="YAML">
      {lines.map((line, i) => (
        <code key={i} className={classes.line}>
          {tokenizeYamlLine(line).map((token, j) => (
            <span key={j} data-kind={token.kind}>
              {token.text}
            </span>
          ))}
          {'\n'}
        </code>
      ))}
    </pre>
  );
}
