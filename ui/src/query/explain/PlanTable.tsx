import { useMemo } from 'react';
import { humanizeDuration } from '../../format/duration';
import { formatCount } from '../../format/value';
import classes from './Explain.module.css';
import { type PlanNode, type PlanRow, nameOf, planRows, seriesEstimate } from './explanation';

/** The tree of operators, each below the one that reads it. */
export function PlanTable({ plan }: { plan: PlanNode }) {
  const rows = useMemo(() => planRows(plan), [plan]);
  const analyzed = plan.actual !== undefined;
  return (
    <div className={classes.scroll}>
      <table className={classes.plan}>
        <thead>
          <tr>
            <th>Operator</th>
            <th title="Times at which it is evaluated">Steps</th>
            <th title="Label sets that are expected">Series expected</th>
            {analyzed && <MeasuredHeads />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MeasuredHeads() {
  return (
    <>
      <th title="Label sets, and how many had samples">Series</th>
      <th title="Samples yielded">Samples</th>
      <th title="Samples that storage handed out, and the chunks they were in">Read</th>
      <th title="Columns held at once">Memory</th>
      <th title="Time of the processors in this operator alone">CPU</th>
      <th title="Time of the threads in this operator alone">Time</th>
    </>
  );
}

function Row({ row: { depth, node, share } }: { row: PlanRow }) {
  const name = nameOf(node);
  const { method, pushed, lookup } = node.details;
  const notes = [method, pushed && `storage is told of ${pushed}`, lookup && `look-up ${lookup}`].filter(Boolean);
  return (
    <tr>
      <td style={{ paddingLeft: `${0.6 + depth * 1.4}rem` }} title={node.text}>
        <span className={classes.kind}>{node.operator}</span> <code>{name === '' ? node.text : name}</code>
        {notes.length > 0 && <div className={classes.notes}>{notes.join(' · ')}</div>}
      </td>
      <td>{formatCount(node.steps)}</td>
      <td>{seriesEstimate(node)}</td>
      {node.actual && <Measured node={node} share={share} />}
    </tr>
  );
}

function Measured({ node: { actual }, share }: { node: PlanNode; share: number }) {
  if (!actual) return null;
  const { seriesOut, seriesWithSamples, samplesOut, samplesDecoded, chunksDecoded } = actual;
  return (
    <>
      <td>
        {formatCount(seriesOut)}
        {seriesWithSamples < seriesOut && ` (${formatCount(seriesWithSamples)} with samples)`}
      </td>
      <td>{formatCount(samplesOut)}</td>
      <td>{samplesDecoded > 0 && `${formatCount(samplesDecoded)} in ${formatCount(chunksDecoded)} chunks`}</td>
      <td>{actual.heldBytes > 0 && `${formatCount(Math.ceil(actual.heldBytes / 1024))} KiB`}</td>
      <td>{humanizeDuration(actual.cpuSeconds * 1000)}</td>
      <td className={classes.time}>
        <span className={classes.bar} style={{ width: `${Math.round(share * 100)}%` }} />
        {humanizeDuration(actual.wallSeconds * 1000)}
      </td>
    </>
  );
}
