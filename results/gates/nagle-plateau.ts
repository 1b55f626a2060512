import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { ClassMeasurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import type { Gate } from './gate.ts';

/**
 * Nagle's algorithm holds back the second small packet of an answer until the first is acknowledged, and
 * Linux delays that acknowledgement by 40 ms: a narrow heap of answers that come 40 ms after the others
 * should.
 */
const plateauMs = { from: 38, to: 46 };
const smallestShare = 0.1;
/** Beside the plateau there must be a gap on either side: queues spread times evenly. */
const besidePlateau = [
  { from: 28, to: 36 },
  { from: 48, to: 56 },
];
const largestShareBeside = 0.02;
/** A server this busy has queues, whose times may be anything. */
const busyCores = 0.5;

/** Whether answers wait for acknowledgements. */
export const naglePlateau: Gate = (measurement, { server, workload }) => {
  const { classes, windowSeconds } = measurement;
  const cores = (measurement.server.cpuSeconds ?? 0) / windowSeconds;
  if (!server.keepAlive || cores > busyCores) return [];
  const share = Math.max(
    0,
    ...workload.classes.map(({ name, waitMs }) => {
      const found = classes.find((one) => one.name === name);
      return found ? shareOnPlateau(found, waitMs) : 0;
    }),
  );
  if (share < smallestShare) return [];
  return [
    {
      code: 'nagle-plateau',
      severity: 'warn',
      message: `${percent(share)} of the answers came 40 ms late, as if each waited for an acknowledgement (Nagle's algorithm)`,
      advice: 'have the server set TCP_NODELAY, or write each answer in one piece',
    },
  ];
};

function shareOnPlateau({ serviceTime }: ClassMeasurement, waitMs: number): number {
  if ((serviceTime.maxMs ?? Number.POSITIVE_INFINITY) < waitMs + plateauMs.from) return 0;
  const times = evenQuantiles(serviceTime.histogram);
  const shareIn = ({ from, to }: { from: number; to: number }) =>
    times.filter((ms) => ms >= waitMs + from && ms < waitMs + to).length / times.length;
  const isApart = besidePlateau.every((side) => shareIn(side) <= largestShareBeside);
  return isApart ? shareIn(plateauMs) : 0;
}

/** Two hundred times, in ms, that stand for all: one from each half per cent of them. */
function evenQuantiles(histogram: string): number[] {
  const decoded = decodeFromCompressedBase64(histogram);
  return Array.from(
    { length: 200 },
    (_, index) => decoded.getValueAtPercentile(index / 2 + 0.25) / 1000,
  );
}
