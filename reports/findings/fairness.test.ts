import { expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { sampleDocument, sampleWorkload } from '../../test/sample-document.ts';
import { renderHtml } from '../html/render.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/render.ts';
import { fairnessSentence } from './fairness.ts';

const settled = { workload: 'cpu', class: 'cpu', targetCpuSeconds: 0.002, reason: null };
const sample = sampleDocument({ workloads: [sampleWorkload(), sampleWorkload('io')] }, []);
const byDemand: RunDocument = {
  ...sample,
  plan: { ...sample.plan, fairness: 'demand' },
  calibratedRequests: [
    { ...settled, server: 'pool', parameters: { n: 27 }, path: '/cpu?n=27', cpuSeconds: 0.002 },
    {
      ...settled,
      server: 'prefork',
      parameters: { n: 10, times: 90 },
      path: '/cpu?n=10&times=90',
      cpuSeconds: 0.00203,
    },
  ],
};

test('a run by work says that all were asked the same, and has no table of calibratedRequests', () => {
  expect(fairnessSentence(sample)).toContain('the same parameters');
  expect(renderHtml(sample)).not.toContain('What a request was made to cost');
});

test('a run by demand says whose cost the target is, and what was asked as planned', () => {
  expect(fairnessSentence(byDemand)).toContain(
    'Requests that compute (cpu) were set to cost every server the same CPU time, 2 ms, as planned for the pool',
  );
  expect(fairnessSentence(byDemand)).toContain('io: the same parameters for all.');
});

test('a run by demand claims no equal cost where one is not known, and says why', () => {
  const [first, second] = byDemand.calibratedRequests;
  const reason = 'GET /cpu failed';
  const unknown = { targetCpuSeconds: null, cpuSeconds: null, reason };
  const document = {
    ...byDemand,
    calibratedRequests: first && second ? [first, { ...second, ...unknown }] : [],
  };
  const told = renderTerminal(document, { color: false, columns: 1000 }).replaceAll(/\s+/g, ' ');
  expect(told).toContain('but what they cost prefork is not known: GET /cpu failed.');
  expect(told).toContain('as planned; its cost is not known: GET /cpu failed');
  expect(told).not.toContain('were set to cost every server the same');
});

test('a run by demand in which nothing was calibrated says so', () => {
  expect(fairnessSentence({ ...byDemand, calibratedRequests: [] })).toContain(
    'nothing was calibrated',
  );
});

test.each([
  ['the page', renderHtml],
  ['Markdown', renderMarkdown],
  [
    'the terminal',
    (document: RunDocument) => renderTerminal(document, { color: false, columns: 100 }),
  ],
])('%s tells what each server was asked, and what that cost it', (_, render) => {
  const told = render(byDemand);
  expect(told).toContain('set to cost every server the same CPU time');
  expect(told).toMatch(/\/cpu\?n=10(&|&amp;|\\&)times=90/);
  expect(told).toContain('2.03');
});
