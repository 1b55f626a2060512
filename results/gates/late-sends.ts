import type { Measurement, Warning } from '../run-document.ts';
import { milliseconds } from './milliseconds.ts';

/** Requests may leave this late, or by this share of the p99 that is reported if that is more. */
const lagFloorMs = 2;
const lagShare = 0.05;

/** An open loop that sends late measures its own delay. */
export const lateSends = ({
  sendLag,
  responseTime,
}: Pick<Measurement, 'sendLag' | 'responseTime'>): Warning[] => {
  if (!sendLag || sendLag.count === 0) return [];
  const limitMs = Math.max(lagFloorMs, lagShare * (responseTime?.p99Ms ?? 0));
  if (sendLag.p99Ms !== null && sendLag.p99Ms <= limitMs) return [];
  const seen = sendLag.p99Ms === null ? 'never left' : `left ${milliseconds(sendLag.p99Ms)} late`;
  return [
    {
      code: 'late-sends',
      severity: 'void',
      message: `one in a hundred requests ${seen} or more (${milliseconds(limitMs)} is allowed)`,
      advice: 'end other programs, or give the load generator a core of its own with --client-cpus',
    },
  ];
};
