import type { Measurement, RunDocument } from '../../../results/document/run-document.ts';
import { percent } from '../../../results/format.ts';
import { sameServerShare } from '../../../results/verdicts/evidence.ts';
import { formatNumber, plural } from '../numbers.ts';
import type { CheckKind } from './check.ts';

/** What is checked, the gravest first. Whether it is in order, the gates say; the findings tell by how much. */
export const checkKinds: readonly CheckKind[] = [
  {
    title: 'Every request is accounted for',
    codes: ['accounting', 'littles-law'],
    finding: (document) => {
      const sent = total(document, ({ requests }) => requests.sent);
      return `Of ${plural(sent, 'request')} it is known what became of them, and throughput and times agree.`;
    },
  },
  {
    title: 'The work was done',
    codes: [
      'wrong-bodies',
      'above-ceiling',
      'wait-skipped',
      'failed-requests',
      'workers-restarted',
      'stalled',
    ],
    finding: (document) => {
      const failed = total(
        document,
        ({ requests: { non2xx, timeouts, errors } }) => non2xx + timeouts + errors,
      );
      return failed === 0
        ? 'Every request got a good answer, with the body that was expected.'
        : `${plural(failed, 'request')} got no good answer: too few to matter.`;
    },
  },
  {
    title: 'The load generator was not the bottleneck',
    codes: ['generator-saturated', 'generator-starved', 'generator-heavy'],
    finding: (document) => {
      const most = largest(document, ({ client, windowSeconds }) =>
        client.cpuSeconds === null ? null : client.cpuSeconds / windowSeconds,
      );
      return most === null ? null : `It used at most ${percent(most)} of a core.`;
    },
  },
  {
    title: 'Requests left when they should',
    codes: ['late-sends'],
    finding: (document) => {
      const most = largest(document, ({ sendLag }) => sendLag?.p99Ms ?? null);
      return most === null
        ? null
        : `In the worst open loop, 99 % left within ${formatNumber(most)} ms of their time.`;
    },
  },
  {
    title: 'No connection had to knock twice',
    codes: ['accept-queue'],
    finding: (document) =>
      largest(document, ({ kernel }) => kernel.listenOverflows) === null
        ? null
        : 'The kernel counted no accept-queue overflow, no drop and no SYN retransmit.',
  },
  {
    title: 'What was measured had become steady',
    codes: ['not-steady', 'steadiness-unknown', 'unstable', 'nagle-plateau'],
    finding: () => 'No window showed a trend, and no queue grew without end.',
  },
  {
    title: 'The machine was quiet',
    codes: ['noisy-host', 'noisy-neighbour', 'cpu-stolen', 'drift'],
    finding: ({ noiseProbes }) => {
      const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
      return spins.length < 2
        ? null
        : `A fixed computation before each block took between ${formatNumber(Math.min(...spins))} and ${formatNumber(Math.max(...spins))} ms.`;
    },
  },
  {
    title: 'A server equals itself',
    codes: [],
    finding: (document) =>
      document.trials.some(({ purpose }) => purpose === 'control')
        ? `Measured twice within a block, servers differed from themselves by ${percent(sameServerShare(document, { kind: 'throughput' }, document.plan.blocks))} in throughput, as a mean over ${plural(document.plan.blocks, 'block')}; no smaller difference is claimed.`
        : null,
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
