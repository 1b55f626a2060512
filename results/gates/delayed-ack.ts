import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { ClassMeasurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import type { MeasurementGate } from './gate.ts';

/**
 * Nagle's algorithm holds back the second small packet of an answer until the first is acknowledged, and Linux delays
 * that acknowledgement by 40 ms: answers in a narrow peak, 40 ms after the others.
 */
const peakMs = { from: 38, to: 46 };
const smallestShare = 0.1;
/** On either side of the peak there must be a gap: queues spread times evenly. */
const besidePeak = [
  { from: 28, to: 36 },
  { from: 48, to: 56 },
];
const largestShareBeside = 0.02;
/** A server that uses more cores than this has queues, in which any time may occur. */
const busyCores = 0.5;

/** Whether answers wait for acknowledgements. */
export const delayedAck: MeasurementGate = {
  code: 'delayed-ack',
  severity: 'warn',
  check: 'steady',
  blame: 'server',
  raisedWhen:
    '10 % of the answers of an idle server with persistent connections arrive in a narrow peak 40 ms late',
  test: ({ classes, windowSeconds, server: { cpuSeconds } }, { server, workload }) => {
    if (!server.keepAlive || (cpuSeconds ?? 0) / windowSeconds > busyCores) return null;
    const shares = workload.classes.map(({ name, waitMs }) => {
      const found = classes.find((one) => one.name === name);
      return found ? shareInPeak(found, waitMs) : 0;
    });
    const share = Math.max(0, ...shares);
    if (share < smallestShare) return null;
    return {
      message: `${percent(share)} of the answers came 40 ms late: they probably waited for a delayed acknowledgement (Nagle's algorithm), not for the server's work`,
      advice: 'set TCP_NODELAY in the server, or write each answer in one piece',
    };
  },
};

function shareInPeak({ serviceTime }: ClassMeasurement, waitMs: number): number {
  if ((serviceTime.maxMs ?? Number.POSITIVE_INFINITY) < waitMs + peakMs.from) return 0;
  const times = evenQuantiles(serviceTime.histogram);
  const shareIn = ({ from, to }: { from: number; to: number }) =>
    times.filter((ms) => ms >= waitMs + from && ms < waitMs + to).length / times.length;
  const isApart = besidePeak.every((side) => shareIn(side) <= largestShareBeside);
  return isApart ? shareIn(peakMs) : 0;
}

/** Two hundred times in ms that represent all: one from each half per cent. */
function evenQuantiles(histogram: string): number[] {
  const decoded = decodeFromCompressedBase64(histogram);
  return Array.from(
    { length: 200 },
    (_, index) => decoded.getValueAtPercentile(index / 2 + 0.25) / 1000,
  );
}
