import type { Measurement, RunDocument } from '../../../results/document/run-document.ts';
import { milliseconds, percent, plural } from '../../../results/format.ts';
import { checks, type Check as GateCheck } from '../../../results/gates/gate.ts';
import { codesOf } from '../../../results/gates/gates.ts';
import { sameServerShare } from '../../../results/verdicts/evidence.ts';
import type { CheckKind } from './check.ts';

const gateCheck = (check: GateCheck, finding: CheckKind['finding']): CheckKind => ({
  title: checks[check],
  codes: codesOf(check),
  finding,
});

/** What is checked about a run, the gravest first. */
export const checkKinds: readonly CheckKind[] = [
  gateCheck('accounting', (document) => {
    const sent = total(document, ({ requests }) => requests.sent);
    return `All ${plural(sent, 'request')} have an outcome; throughput and response times agree (Little’s law).`;
  }),
  gateCheck('work', (document) => {
    const failed = total(
      document,
      ({ requests: { non2xx, timeouts, errors } }) => non2xx + timeouts + errors,
    );
    return failed === 0
      ? 'Every request got a good answer, with the expected body.'
      : `${plural(failed, 'request')} failed: too few to matter.`;
  }),
  gateCheck('generator', (document) => {
    const most = largest(document, ({ client, windowSeconds }) =>
      client.cpuSeconds === null ? null : client.cpuSeconds / windowSeconds,
    );
    return most === null ? null : `It used at most ${percent(most)} of a core.`;
  }),
  gateCheck('schedule', (document) => {
    const most = largest(document, ({ sendLag }) => sendLag?.p99Ms ?? null);
    return most === null
      ? null
      : `In the worst open loop, 99 % of requests were sent within ${milliseconds(most)} of the scheduled time.`;
  }),
  gateCheck('connections', (document) =>
    largest(document, ({ kernel }) => kernel.listenOverflows) === null
      ? null
      : 'The kernel counted no accept-queue overflow, no drop and no SYN retransmit.',
  ),
  gateCheck('steady', () => 'No window showed a trend, and no queue kept growing.'),
  gateCheck('host', ({ noiseProbes }) => {
    const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
    return spins.length < 2
      ? null
      : `A fixed computation before each block took ${milliseconds(Math.min(...spins))} to ${milliseconds(Math.max(...spins))}.`;
  }),
  gateCheck('cpuTime', ({ calibratedRequests }) =>
    calibratedRequests.length > 0
      ? 'Calibrated requests cost within 3 % of the target.'
      : undefined,
  ),
  {
    title: 'The same server measured twice gave the same result',
    codes: [],
    finding: (document) => {
      if (document.trials.every(({ purpose }) => purpose !== 'control')) return null;
      const blocks = new Set(document.trials.map(({ block }) => block)).size;
      const share = sameServerShare(document, { kind: 'throughput' }, blocks);
      return `Measured twice in a block, a server differed from itself by ${percent(share)} in throughput (mean over ${plural(blocks, 'block')}); no smaller difference is claimed.`;
    },
  },
];

const measurementsOf = ({ trials }: RunDocument) =>
  trials.flatMap(({ measurements }) => measurements);

const total = (document: RunDocument, quantity: (measurement: Measurement) => number): number =>
  measurementsOf(document).reduce((sum, measurement) => sum + quantity(measurement), 0);

function largest(
  document: RunDocument,
  quantity: (measurement: Measurement) => number | null,
): number | null {
  const values = measurementsOf(document).flatMap((measurement) => quantity(measurement) ?? []);
  return values.length > 0 ? Math.max(...values) : null;
}
