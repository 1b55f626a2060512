import type { LoadResult } from '../../load/load.ts';
import { type CalibrationRow, judge, judgeAccounts } from '../row.ts';
import { type CalibrationCase, closedLoopName, openLoopName } from './case.ts';

const times = 37;

/** Replies that never come, and connections that end instead: each must be counted, no more and no less. */
const droppedReplies = (
  how: 'closing the connection' | 'silence',
  instrument: typeof closedLoopName | typeof openLoopName,
  lost: 'errors' | 'timeouts',
): CalibrationCase => ({
  name: `37 replies dropped by ${how}`,
  behaviour: { kind: 'drop', every: 20, times, how },
  async measure(rig) {
    const settings = { windowSeconds: 2, timeoutSeconds: how === 'silence' ? 2 : 10 };
    const result =
      instrument === closedLoopName
        ? await rig.runClosed({ ...settings, connections: 50 })
        : await rig.runOpen({ ...settings, ratePerSecond: 500 });
    return judgeLosses({ case: this.name, instrument }, result, lost);
  },
});

function judgeLosses(
  base: Pick<CalibrationRow, 'case' | 'instrument'>,
  result: LoadResult,
  lost: 'errors' | 'timeouts',
): CalibrationRow[] {
  const exact = { ...base, unit: 'requests', tolerance: 0 } as const;
  const { sent, ok } = result.requests;
  return [
    judge({ ...exact, quantity: lost, truth: times, reading: result.requests[lost] }),
    judge({ ...exact, quantity: 'requests lost in all', truth: times, reading: sent - ok }),
    judgeAccounts(base, result),
  ];
}

export const droppedRepliesCases: readonly CalibrationCase[] = [
  droppedReplies('closing the connection', closedLoopName, 'errors'),
  droppedReplies('closing the connection', openLoopName, 'errors'),
  droppedReplies('silence', closedLoopName, 'timeouts'),
  droppedReplies('silence', openLoopName, 'timeouts'),
];
