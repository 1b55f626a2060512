import { expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { renderHtml } from '../html/render.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/summary.ts';
import { fairnessNote } from './fairness.ts';

const calibrated = { workload: 'cpu', class: 'cpu', targetCpuSeconds: 0.002, reason: null };
const measured = sampleTrial({ server: 'pool' }, [sampleClosedLoop()]);
const sample = sampleDocument({ workloads: [sampleWorkload(), sampleWorkload('io')] }, [
  { ...measured, status: 'failed', reason: 'it ended', measurements: [] },
]);
const byDemand: RunDocument = {
  ...sample,
  plan: { ...sample.plan, fairness: 'demand' },
  calibratedRequests: [
    { ...calibrated, server: 'pool', parameters: { n: 27 }, path: '/cpu?n=27', cpuSeconds: 0.002 },
    {
      ...calibrated,
      server: 'prefork',
      parameters: { n: 10, times: 90 },
      path: '/cpu?n=10&times=90',
      cpuSeconds: 0.00203,
    },
  ],
};

test('a run by work says that all requests are the same, and has no table of calibrated ones', () => {
  expect(fairnessNote(sample)).toContain('the same parameters');
  expect(renderHtml(sample)).not.toContain('Calibrated requests');
});

test('a run by demand names the server whose cost is the target, and the workloads left alone', () => {
  expect(fairnessNote(byDemand)).toContain(
    'Requests on cpu were calibrated so that every server spends the same CPU time on each (2 ms, the cost on the pool)',
  );
  expect(fairnessNote(byDemand)).toContain('The parameters of io are the same for all.');
});

test('a run by demand claims no equal cost where one is unknown, and says why', () => {
  const [first, second] = byDemand.calibratedRequests;
  const reason = 'GET /cpu failed';
  const unknown = { targetCpuSeconds: null, cpuSeconds: null, reason };
  const document = {
    ...byDemand,
    calibratedRequests: first && second ? [first, { ...second, ...unknown }] : [],
  };
  const text = renderTerminal(document, { color: false, columns: 1000 }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('could not be calibrated on cpu for prefork: GET /cpu failed.');
  expect(text).toContain('unmodified; CPU time unknown: GET /cpu failed');
  expect(text).not.toContain('were calibrated so that every server');
});

test('a run by demand in which nothing was calibrated says so', () => {
  expect(fairnessNote({ ...byDemand, calibratedRequests: [] })).toContain(
    'No request was calibrated',
  );
});

test.each([
  ['the page', renderHtml],
  ['Markdown', renderMarkdown],
  [
    'the terminal',
    (document: RunDocument) => renderTerminal(document, { color: false, columns: 100 }),
  ],
])('%s lists the request that each server was sent, and its cost', (_, render) => {
  const text = render(byDemand);
  expect(text).toContain('calibrated so that every server spends the same CPU time');
  expect(text).toMatch(/\/cpu\?n=10(&|&amp;|\\&)times=90/);
  expect(text).toContain('2.03');
});
