import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../../test/golden/documents.ts';
import { RunDocumentError, readRunDocument } from '../read.ts';
import type { CalibratedRequest, Measurement, RunDocument, Trial } from '../run-document.ts';
import { contradictionsIn } from './contradictions.ts';

const base = golden('full');

const demand: CalibratedRequest = {
  server: 'pool',
  workload: 'cpu',
  class: 'cpu',
  parameters: { n: 27 },
  path: '/cpu?n=27',
  targetCpuSeconds: 0.002,
  cpuSeconds: 0.002,
  reason: null,
};

function changed(change: (document: RunDocument) => void): RunDocument {
  const document = structuredClone(base);
  change(document);
  return document;
}

const contradictionsAfter = (change: (document: RunDocument) => void): string[] => [
  ...contradictionsIn(changed(change)),
];

/** The third trial, its closed and its open loop, and a class of a trial under mixed work. */
function partsOf({ trials }: RunDocument) {
  const trial = trials[2];
  const [closed, open] = trial?.measurements ?? [];
  const light = trials.find(({ workload }) => workload === 'mixed')?.measurements[0]?.classes[0];
  if (!trial || !closed || !open || !light) throw new Error('the golden document has changed');
  return { trial, closed, open, light };
}

const onTrial = (change: (trial: Trial) => void) => (document: RunDocument) =>
  change(partsOf(document).trial);
const onClosed = (change: (measurement: Measurement) => void) => (document: RunDocument) =>
  change(partsOf(document).closed);
const onOpen = (change: (measurement: Measurement) => void) => (document: RunDocument) =>
  change(partsOf(document).open);

describe('a run document', () => {
  test.each(goldenNames)('that agrees with itself is read: %s', (name) => {
    expect([...contradictionsIn(golden(name))]).toEqual([]);
  });

  test.each<[string | RegExp, (document: RunDocument) => void]>([
    [
      'its status is "complete", and it does not say when it finished',
      (document) => void (document.finishedAt = null),
    ],
    [
      'its status is "running", and it finished at',
      (document) => void (document.status = 'running'),
    ],
    [
      'the plan has two servers named "pool"',
      ({ plan }) => plan.servers.push(...plan.servers.filter(({ name }) => name === 'pool')),
    ],
    [
      'the plan has two workloads named "io"',
      ({ plan }) => plan.workloads.push(...plan.workloads.filter(({ name }) => name === 'io')),
    ],
    [
      'the workload "io" is to be asked of "x", a server that the plan does not have',
      ({ plan }) => plan.workloads[0]?.servers.push('x'),
    ],
    [
      'the workload "io" is to be asked of "pool" twice',
      ({ plan }) => plan.workloads[0]?.servers.push('pool'),
    ],
    [
      'the workload "mixed" has two classes named "light"',
      ({ plan: { workloads } }) =>
        workloads[2]?.classes.splice(1, 1, ...workloads[2].classes.slice(0, 1)),
    ],
    [
      'canary 3 is in block 4, and the plan has 3',
      ({ noiseProbes }) => void (noiseProbes[2]!.block = 3),
    ],
    ['block 1 has two noiseProbes', ({ noiseProbes }) => void (noiseProbes[2]!.block = 0)],
    [
      'demand 1 names the server "x", which the plan does not have',
      ({ calibratedRequests }) => calibratedRequests.push({ ...demand, server: 'x' }),
    ],
    [
      'demand 1 has requests of the class "x", which "cpu" does not have',
      ({ calibratedRequests }) => calibratedRequests.push({ ...demand, class: 'x' }),
    ],
    [
      'there are two demands of "pool" under "cpu"',
      ({ calibratedRequests }) => calibratedRequests.push(demand, demand),
    ],
    [
      'pilot 1 names the server "x", which the plan does not have',
      ({ pilots }) => void (pilots[0]!.server = 'x'),
    ],
    ['there are two pilots of "pool" under "io"', ({ pilots }) => pilots.push(pilots[2]!)],
    [
      'pilot 1 has requests of the class "x", which "io" does not have',
      ({ pilots }) => void (pilots[0]!.singleRequests[0]!.class = 'x'),
    ],
    [
      'trace 2 names the workload "x", which the plan does not have',
      ({ traces }) => void (traces[1]!.workload = 'x'),
    ],
    [
      'trace 2 has requests of the class "x"',
      ({ traces }) => void (traces[1]!.requests[0]!.class = 'x'),
    ],
    [
      'trial 3 names the server "x", which the plan does not have',
      onTrial((trial) => void (trial.server = 'x')),
    ],
    [
      'trial 3 names the workload "x", which the plan does not have',
      onTrial((trial) => void (trial.workload = 'x')),
    ],
    [
      'trial 2 asks "io" of "event-loop", which the plan does not',
      ({ plan }) => void (plan.workloads[0]!.servers = ['prefork', 'pool']),
    ],
    ['trial 3 is in block 4, and the plan has 3', onTrial((trial) => void (trial.block = 3))],
    ['there are two comparison trials of', ({ trials }) => trials.push(...trials.slice(0, 1))],
    [
      'and trial 3 was interrupted',
      (document) => {
        const { trial } = partsOf(document);
        document.trials[2] = { ...trial, status: 'interrupted', reason: 'Ctrl-C' };
      },
    ],
    [
      'measurement 1 of trial 3, a closed loop, has an offered rate',
      onClosed((closed) => void (closed.offeredPerSecond = 5)),
    ],
    [
      'measurement 2 of trial 3, an open loop, lacks response times',
      onOpen((open) => void (open.responseTime = null)),
    ],
    [
      'measurement 1 of trial 3 has the class "x", which its workload does not have',
      onClosed(({ classes }) => void (classes[0]!.name = 'x')),
    ],
    [
      'measurement 1 of trial 3 has the class "io" twice',
      onClosed(({ classes }) => classes.push(classes[0]!)),
    ],
    [
      /measurement 1 of the sweep of trial 3 sent \d+ requests and accounts for \d+/,
      onTrial(({ measurements: [closed], sweep }) => {
        sweep.push(structuredClone(closed!));
        sweep[0]!.requests.sent += 1;
      }),
    ],
    [
      /measurement 1 of trial 3 sent \d+ requests and accounts for \d+/,
      onClosed(({ requests }) => void (requests.sent += 1)),
    ],
    [
      /measurement 1 of trial 3 has \d+ wrong bodies in \d+ good answers/,
      onClosed(({ requests }) => void (requests.mismatched = requests.ok + 1)),
    ],
    [
      /class "light", has service times of 7 requests and accounts for \d+/,
      (document) => void (partsOf(document).light.serviceTime.count = 7),
    ],
    [
      'measurement 2 of trial 3 has a response time whose p99 lies below its p95',
      onOpen(({ responseTime }) => void (responseTime!.p99Ms = 0)),
    ],
    [
      'measurement 2 of trial 3 has a send lag whose p90 lies below its median',
      onOpen(({ sendLag }) => void (sendLag!.p50Ms = null)),
    ],
    [
      'measurement 1 of trial 3 has 0 requests without a good answer, and reasons for 3',
      onClosed((closed) => void (closed.failures = { reset: 3 })),
    ],
    [
      /has \d+ requests that are "mismatched", and its classes have/,
      onClosed(({ requests }) => void (requests.mismatched = 1)),
    ],
  ])('is refused because %s', (words, change) => {
    expect(contradictionsAfter(change).join('\n')).toMatch(words);
  });

  test('is not read when it contradicts itself', () => {
    const document = changed(onTrial((trial) => void (trial.server = 'x')));
    const read = () => readRunDocument(JSON.stringify(document));
    expect(read).toThrow(RunDocumentError);
    expect(read).toThrow('it contradicts itself: trial 3 names the server "x"');
  });

  test('is not read when a histogram does not hold what was answered', () => {
    const document = changed(
      onTrial(({ measurements: [closed, open] }) => {
        closed!.serviceTime.histogram = open!.serviceTime.histogram;
      }),
    );
    const read = () => readRunDocument(JSON.stringify(document));
    expect(read).toThrow(/it contradicts itself: a histogram of trial 3 holds \d+ times/);
  });
});

test('requests that the generator lost count of are a void number, and no contradiction', () => {
  const loseOne = (document: RunDocument) => {
    const { closed } = partsOf(document);
    for (const { requests } of [closed, ...closed.classes]) requests.sent += 1;
    return closed;
  };
  const warning = { code: 'accounting', severity: 'void', message: '', advice: '' } as const;
  expect(contradictionsAfter(loseOne)).not.toEqual([]);
  expect(contradictionsAfter((document) => loseOne(document).warnings.push(warning))).toEqual([]);
});
