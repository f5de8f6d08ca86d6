import type uPlot from 'uplot';
import { type LabelSet, labelPairs } from '../../format/series';
import { formatTimestamp } from '../../format/time';
import { formatSampleValue } from '../../format/value';
import classes from './Graph.module.css';

export interface Hovered {
  labels: LabelSet;
  color: string;
  timeSeconds: number;
  value: number;
  localTime: boolean;
}

function element(tag: string, className: string | undefined, ...content: (string | Node)[]): HTMLElement {
  const created = document.createElement(tag);
  if (className !== undefined) created.className = className;
  created.append(...content);
  return created;
}

/** Time, value and labels of one sample. Label values come from outside and are only ever set as text. */
export function fillTooltip(tooltip: HTMLElement, { labels, color, timeSeconds, value, localTime }: Hovered): void {
  const swatch = element('span', classes.swatch);
  swatch.style.background = color;
  const name = labels['__name__'];
  const list = element('dl', classes.tooltipLabels);
  for (const [label, text] of labelPairs(labels)) list.append(element('dt', undefined, label), element('dd', undefined, text));
  tooltip.replaceChildren(
    element('div', classes.tooltipTime, formatTimestamp(Math.round(timeSeconds * 1000), localTime)),
    element('div', classes.tooltipValue, swatch, formatSampleValue(value)),
    ...(name === undefined ? [] : [element('strong', undefined, name)]),
    list,
  );
}

const distance = 14;

/** Beside the pointer, on the side where there is room. */
export function placeTooltip(tooltip: HTMLElement, chart: uPlot): void {
  const { left: x = 0, top: y = 0 } = chart.cursor;
  const { offsetLeft, offsetTop, clientWidth, clientHeight } = chart.over;
  const right = x + distance + tooltip.offsetWidth <= clientWidth;
  const left = right ? x + distance : Math.max(0, x - distance - tooltip.offsetWidth);
  const top = Math.max(0, Math.min(y + distance, clientHeight - tooltip.offsetHeight));
  tooltip.style.left = `${left + offsetLeft}px`;
  tooltip.style.top = `${top + offsetTop}px`;
}
