import { describe, expect, test } from '@jest/globals';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { golden } from '../../test/golden/documents.ts';
import { renderHtml } from '../html/render.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/summary.ts';
import {
  demandCommand,
  fidelitySentences,
  fidelityText,
  orderSentences,
} from './fidelity-sentences.ts';

const run = golden('fidelity');
const [eventLoop] = modelFidelities(run);

describe('the fidelity of a model', () => {
  test('has an interval, the typical difference, and the largest one', () => {
    expect(eventLoop && fidelitySentences(eventLoop)).toMatch(
      /^The event loop has a fidelity of 0\.9\d \(0\.\d\d–1\.00\) to Express: they typically differ by \d\.?\d? %\. The largest difference is in the slowdown of light requests beside the others on mixed: \d\.\d+ and \d\.\d+, fidelity 0\.\d\d \(/,
    );
  });

  test('is translated into a difference', () => {
    const half = { score: 0.5, interval: null };
    const sentence =
      eventLoop && fidelitySentences({ ...eventLoop, fidelity: half, workloads: [] });
    expect(sentence).toBe(
      'The event loop has a fidelity of 0.50 (no interval) to Express: they typically differ by 100 %.',
    );
    expect(fidelityText(null)).toBe('–');
  });

  test('is not reported by a run with the same work, which names the command that measures it', () => {
    const work = golden('references');
    expect(modelFidelities(work)).toEqual([]);
    expect(demandCommand(work)).toMatch(/^npx bench run .*--fairness demand$/);
    const page = renderHtml(work);
    expect(page).toContain('--fairness demand</code>');
    expect(page).not.toContain('Fidelity of');
  });

  test('is on the page with charts, in Markdown and on the terminal', () => {
    const page = renderHtml(run);
    expect(page).toContain('Fidelity of event-loop to express, from 0 to 1');
    expect(page.match(/data-spec="concurrency-pool-go-net-http-(cpu|mixed)"/g)).toHaveLength(2);
    expect(page).toMatch(/event-loop [\d.]+ \([\d.]+–[\d.]+\) with 8/);
    expect(renderMarkdown(run)).toMatch(
      /^- The pool has a fidelity of 0\.9\d .*to Go’s net\/http/m,
    );
    const terminal = renderTerminal(run, { color: false, columns: 2000 });
    expect(terminal).toMatch(/^The pool has a fidelity of/m);
  });
});

test('the order of references is compared with that of their models', () => {
  expect(orderSentences(run, compareServers(run))).toEqual([
    'On cpu, the references rank in the same order as their models by throughput (1 comparison).',
    'On mixed, the references rank in the same order as their models by throughput (1 comparison).',
  ]);
});
