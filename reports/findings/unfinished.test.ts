import { describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { golden } from '../../test/golden/documents.ts';
import { renderHtml } from '../html/render.ts';
import { renderMarkdown } from '../markdown/render.ts';
import { renderTerminal } from '../terminal/summary.ts';

const full = golden('full');

/** The run as it was when only so many of its trials had ended. */
const after = (trials: number, status: RunDocument['status']): RunDocument => ({
  ...full,
  status,
  finishedAt: status === 'running' ? null : full.finishedAt,
  trials: full.trials.slice(0, trials),
  traces: [],
});

/** The text of a page that a reader sees. */
const textOf = (page: string): string =>
  page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const formats = {
  html: (document: RunDocument) => textOf(renderHtml(document)),
  markdown: renderMarkdown,
  terminal: (document: RunDocument) => renderTerminal(document, { columns: 1000, color: false }),
};

/** A factor between servers; "costs 1.7× as much" is one server beside its prediction. */
const factor = /\d×(?! as much\.)/;

describe.each(Object.entries(formats))('%s', (_, render) => {
  test('of a run interrupted after its first trial shows that trial, and claims nothing', () => {
    const text = render(after(1, 'interrupted'));
    expect(text).toMatch(/the pool serves 1,270 requests\/s\./);
    expect(text).toMatch(/The run was interrupted: 1 trial gave results\./);
    expect(text.match(/not run/g)?.length).toBeGreaterThanOrEqual(8);
    expect(text).not.toMatch(/● fastest|highest \(|faster|within 3 %/);
    expect(text).not.toMatch(factor);
  });

  test('of a run whose program was killed says that it had not ended', () => {
    expect(render(after(1, 'running'))).toMatch(/The run had not ended when this was written/);
  });

  test('of a run interrupted in its first block names the highest value, but calls none the fastest', () => {
    const text = render(after(5, 'interrupted'));
    expect(text).toMatch(/highest \(not significant\)/);
    expect(text).toMatch(/one block/i);
    expect(text).not.toMatch(/● fastest/);
    expect(text).not.toMatch(factor);
  });

  test('of one server compares it with nobody', () => {
    const text = render(golden('single'));
    expect(text).toMatch(/serves 1,\d+ requests\/s\./);
    expect(text).not.toMatch(/interrupted|● fastest|highest \(|same requests|one block cannot/i);
    expect(text).not.toMatch(factor);
  });
});
