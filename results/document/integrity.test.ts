import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { contradictionIn } from './integrity.ts';
import { readRunDocument } from './read.ts';
import type { CalibratedRequest, RunDocument } from './run-document.ts';
import { RunDocumentError } from './run-document-error.ts';

const calibration: CalibratedRequest = {
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
  const document = structuredClone(golden('full'));
  change(document);
  return document;
}

/** The third trial and its closed loop. */
function partsOf({ trials }: RunDocument) {
  const trial = trials[2];
  const [closed] = trial?.measurements ?? [];
  if (!trial || !closed) throw new Error('the golden document has changed');
  return { trial, closed };
}

describe('a run document', () => {
  test.each(goldenNames)('whose parts agree is read: %s', (name) => {
    expect(contradictionIn(golden(name))).toBeNull();
  });

  test.each<[string | RegExp, (document: RunDocument) => void]>([
    [
      'the plan has two servers named "pool"',
      ({ plan }) => plan.servers.push(...plan.servers.filter(({ name }) => name === 'pool')),
    ],
    [
      'the plan has two workloads named "io"',
      ({ plan }) => plan.workloads.push(...plan.workloads.filter(({ name }) => name === 'io')),
    ],
    [
      'trial 3 is ok, and measured nothing',
      (document) => Object.assign(partsOf(document).trial, { measurements: [], curve: [] }),
    ],
    [
      'the workload "io" names the server "x", which the plan does not have',
      ({ plan }) => plan.workloads[0]?.servers.push('x'),
    ],
    ['the workload "io" lists twice "pool"', ({ plan }) => plan.workloads[0]?.servers.push('pool')],
    [
      'the workload "mixed" has two classes named "light"',
      ({ plan: { workloads } }) =>
        workloads[2]?.classes.splice(1, 1, ...workloads[2].classes.slice(0, 1)),
    ],
    [
      'there is a calibration of "x" under "cpu", which the plan does not have',
      ({ calibratedRequests }) => calibratedRequests.push({ ...calibration, server: 'x' }),
    ],
    [
      'a calibration of "pool" under "cpu" has the class "x", which the workload does not have',
      ({ calibratedRequests }) => calibratedRequests.push({ ...calibration, class: 'x' }),
    ],
    [
      'there are two of "calibration, pool, cpu"',
      ({ calibratedRequests }) => calibratedRequests.push(calibration, calibration),
    ],
    ['there is a pilot of "x" under "io"', ({ pilots }) => void (pilots[0]!.server = 'x')],
    [
      'has the class "x", which the workload does not have',
      ({ traces }) => void (traces[1]!.requests[0]!.class = 'x'),
    ],
    [
      /there is a comparison trial in block 1 of "x" under "\w+", which the plan does not have/,
      (document) => void (partsOf(document).trial.server = 'x'),
    ],
    [
      'there is a comparison trial in block 1 of "event-loop" under "io", which the plan does not have',
      (document) => {
        document.plan.workloads[0]!.servers = ['prefork', 'pool'];
        document.pilots = [];
        document.traces = [];
      },
    ],
    [
      'there are two of "comparison trial in block 1,',
      ({ trials }) => trials.push(...trials.slice(0, 1)),
    ],
    [
      'has the class "x", which the workload does not have',
      (document) => void (partsOf(document).closed.classes[0]!.name = 'x'),
    ],
    [
      /trial 3 sent \d+ requests, and \d+ have an outcome/,
      (document) => void (partsOf(document).closed.requests.sent += 1),
    ],
    [
      /trial 3 sent \d+ requests, and \d+ have an outcome/,
      (document) => {
        const { trial, closed } = partsOf(document);
        trial.sweep.push(structuredClone(closed));
        trial.sweep[0]!.requests.sent += 1;
      },
    ],
    [
      'a histogram of trial 3 cannot be read',
      (document) => void (partsOf(document).closed.serviceTime.histogram = 'SElTVEZBQUFB'),
    ],
  ])('is refused because %s', (words, change) => {
    expect(contradictionIn(changed(change))).toMatch(words);
  });

  test('is not read when it contradicts itself', () => {
    const document = changed(({ trials }) => void (trials[2]!.server = 'x'));
    const read = () => readRunDocument(JSON.stringify(document));
    expect(read).toThrow(RunDocumentError);
    expect(read).toThrow('it contradicts itself: there is a comparison trial in block 1 of "x"');
  });
});

test('requests that the load generator lost count of are a void number, not a contradiction', () => {
  const loseOne = (document: RunDocument) => {
    const { closed } = partsOf(document);
    for (const { requests } of [closed, ...closed.classes]) requests.sent += 1;
    return closed;
  };
  const warning = { code: 'accounting', severity: 'void', message: '', advice: '' } as const;
  expect(contradictionIn(changed(loseOne))).not.toBeNull();
  expect(
    contradictionIn(changed((document) => loseOne(document).warnings.push(warning))),
  ).toBeNull();
});
