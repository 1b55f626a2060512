import { describe, expect, test } from '@jest/globals';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import { compareServers } from '../../results/verdicts/decide.ts';
import { golden } from '../../test/golden/documents.ts';
import { renderHtml } from '../html/render.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/render.ts';
import {
  demandCommand,
  fidelitySentences,
  fidelityText,
  rankingSentences,
} from './fidelity-sentences.ts';

const run = golden('fidelity');
const [eventLoop] = modelFidelities(run);

describe('how faithful a model is', () => {
  test('is told with its interval, by how much the two differ, and where they differ most', () => {
    expect(eventLoop && fidelitySentences(eventLoop)).toMatch(
      /^The event loop has a fidelity of 0\.9\d \(0\.\d\d–1\.00\) to Express: by the typical measure they differ by \d\.?\d? %\. They are furthest apart in the slowdown of light requests beside the others on mixed: \d\.\d+ against \d\.\d+, a fidelity of 0\.\d\d \(/,
    );
  });

  test('is told as a difference that goes with the score', () => {
    const half = { score: 0.5, interval: null };
    const sentence =
      eventLoop && fidelitySentences({ ...eventLoop, fidelity: half, workloads: [] });
    expect(sentence).toBe(
      'The event loop has a fidelity of 0.50, no interval to Express: by the typical measure they differ by 100 %.',
    );
    expect(fidelityText(null)).toBe('–');
  });

  test('is not told by a run that asked for the same work, which says what would', () => {
    const work = golden('references');
    expect(modelFidelities(work)).toEqual([]);
    expect(demandCommand(work)).toMatch(/^npx bench run .*--fairness demand$/);
    const page = renderHtml(work);
    expect(page).toContain('--fairness demand</code>');
    expect(page).not.toContain('Fidelity of');
  });

  test('stands in the page with charts, in Markdown and on the terminal', () => {
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

test('the order of originals is told against that of their models', () => {
  expect(rankingSentences(run, compareServers(run))).toEqual([
    'On cpu, the originals stand by throughput in the order of their models, in 1 comparison.',
    'On mixed, the originals stand by throughput in the order of their models, in 1 comparison.',
  ]);
});
