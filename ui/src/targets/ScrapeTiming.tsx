import type { Target } from '../api/types';
import { humanizeAgo, humanizeDuration, parseDuration } from '../format/duration';
import classes from './TargetTable.module.css';

/** A scrape that takes more than this share of its timeout is marked. */
const slowShare = 0.8;

export function ScrapeTiming({ target, now }: { target: Target; now: number }) {
  const timeout = parseDuration(target.scrapeTimeout) ?? Infinity;
  const took = target.lastScrapeDuration * 1000;
  const slow = took > slowShare * timeout;
  const ago = humanizeAgo(target.lastScrape, Math.floor(now / 1000) * 1000);
  const never = ago === 'never';
  return (
    <div className={classes.timing} title={`Every ${target.scrapeInterval}, timeout ${target.scrapeTimeout}`}>
      <div>
        <b>{never ? 'never' : wholeSeconds(ago)}</b>
      </div>
      {!never && (
        <div data-slow={slow || undefined}>
          took {humanizeDuration(took)} {slow && `of ${target.scrapeTimeout}`}
        </div>
      )}
      <div>every {target.scrapeInterval}</div>
    </div>
  );
}

/** `2.345s ago` ticks restlessly; `2s ago` is enough. */
function wholeSeconds(ago: string): string {
  return ago.replace(/(\d+)\.\d+s/, '$1s').replace(/^[\d.]+ms ago$/, 'just now').replace(/^0s ago$/, 'just now');
}
