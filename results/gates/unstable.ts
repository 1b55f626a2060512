import type { Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { meanOf } from '../statistics/summary.ts';
import type { Gate } from './gate.ts';

/** A queue that takes up more than this share of what is sent, and does not shrink, has no usual length. */
const largestGrowth = 0.05;
/** Below this share of what the server bore in a closed loop, growth has another cause. */
const nearCapacity = 0.9;
const fewestIntervals = 6;

/**
 * In an open loop that offers more than the server can do, response time grows for as long as one looks.
 * Where its capacity is not known, the growth of its queue tells; and at a server's own rate, which is a share of what it
 * bore moments before, and more than it bears now if the machine has become slower.
 */
export const unstable: Gate = (measurement, { capacityPerSecond }) => {
  const { loop, rate, offeredPerSecond, intervals } = measurement;
  if (loop === 'closed' || offeredPerSecond === null) return [];
  const utilisation = capacityPerSecond ? offeredPerSecond / capacityPerSecond : null;
  if (utilisation !== null && utilisation >= 1)
    return [overCapacity(offeredPerSecond, utilisation)];

  const growth = growthInFlight(intervals.map(({ inFlight }) => inFlight));
  const sent = intervals.reduce((sum, interval) => sum + interval.sent, 0);
  const grows = growth > largestGrowth * sent;
  const isNear = rate === 'proportional' || (utilisation ?? 1) >= nearCapacity;
  return grows && isNear ? [overCapacity(offeredPerSecond, utilisation)] : [];
};

/**
 * From the first to the last third of the window; a third is too long for a burst to make the difference.
 */
function growthInFlight(inFlight: readonly number[]): number {
  if (inFlight.length < fewestIntervals) return 0;
  const third = Math.floor(inFlight.length / 3);
  return meanOf(inFlight.slice(-third)) - meanOf(inFlight.slice(0, third));
}

function overCapacity(offeredPerSecond: number, utilisation: number | null): Warning {
  const share = utilisation === null ? '' : `, ${percent(utilisation)} of its capacity here`;
  return {
    code: 'unstable',
    severity: 'void',
    message: `unstable (offered load above capacity): at ${Math.round(offeredPerSecond)} requests/s${share}, requests arrive faster than they are answered`,
    advice: 'run again on a quieter machine, or give it more --workers',
  };
}
