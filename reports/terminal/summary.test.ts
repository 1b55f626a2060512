import { describe, expect, test } from '@jest/globals';
import { golden, goldenNames } from '../../test/golden/documents.ts';
import { renderTerminal } from './summary.ts';

const plain = { color: false, columns: 80 };

describe('the terminal report', () => {
  test('starts with the answer', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text).toMatch(/^For CPU-bound work on this machine, the pool serves/);
  });

  test('has a row for each server and workload', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text.match(/^ {2}(event-loop|prefork|pool) +[\d,.]+ {2}[▏▎▍▌▋▊▉█]/gm)).toHaveLength(9);
  });

  test.each(goldenNames)('of the %s run keeps to the width and prints no missing value', (name) => {
    const text = renderTerminal(golden(name), plain);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/undefined|NaN|Infinity|null/);
  });

  test('leaves out the other metric where there is no room for it', () => {
    const text = renderTerminal(golden('full'), { ...plain, columns: 60 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^cpu: requests\/s, closed loop$/m);
  });

  test('says why a server has no result', () => {
    const text = renderTerminal(golden('troubled'), plain);
    expect(text).toMatch(/pool +– +skipped/);
    expect(text).toMatch(/port\s8080\sis\staken\sby\sanother\sprogram/);
  });

  test('shows response times beside throughput, and throughput beside response times', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text).toMatch(/^cpu: requests\/s, closed loop; p95 response time in ms, open loop$/m);
    expect(text).toMatch(/^ {2}pool +1,214 .* 3\.4 ms$/m);
    expect(text).toMatch(/^ {2}pool +51 .* 1,140 req\/s$/m);
  });

  test('counts the trials that raised each warning, and never keeps silent about all of them', () => {
    const document = golden('full');
    const warning = { code: 'noisy-neighbour', severity: 'warn', advice: '' } as const;
    for (const { warnings } of document.trials) {
      warnings.push({ ...warning, message: 'other programs kept 1.6 cores busy' });
    }
    const count = document.trials.length;
    expect(renderTerminal(document, plain)).toContain(
      `\nWarnings\n  ${count} of ${count} trials: other programs kept 1.6 cores busy\n`,
    );
    expect(renderTerminal(golden('full'), plain)).not.toContain('Warnings');
    expect(renderTerminal(golden('troubled'), plain)).toMatch(/ {2}\d of 19 trials void: /);
  });

  test('has colour only where the options say so', () => {
    const escape = '\u001b[';
    expect(renderTerminal(golden('full'), { color: true, columns: 80 })).toContain(escape);
    expect(renderTerminal(golden('full'), plain)).not.toContain(escape);
  });

  test('lets no text from outside control the terminal', () => {
    const document = golden('troubled');
    const trials = document.trials.map((trial) =>
      trial.status === 'ok' ? trial : { ...trial, reason: '\u001b[2J\u001b]0;title\u0007\rgone' },
    );
    const text = renderTerminal({ ...document, trials }, plain);
    expect(text).toMatch(/skipped\):\s+gone/);
    expect(text).not.toContain('[2J');
    expect(text.split('').filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });
});

describe('how much each server handles', () => {
  test('is a table for each workload, within 80 columns', () => {
    const text = renderTerminal(golden('full'), plain);
    expect(text).toMatch(/saturates +light p95 < 100 ms +limited by\n/);
    expect(text).toMatch(/ {2}prefork +99\.\d \([\d.–]+\) +\d+ \(\d+–\d+\) +5 workers waiting\n/);
    expect(text).toMatch(/ {2}event-loop +at least 1,4\d0 +at least 1,4\d0 +64 connections\n/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('has no column for an objective that too few requests show, but the reason', () => {
    const full = golden('full');
    const workloads = full.plan.workloads.map((workload) => ({
      ...workload,
      objectives: workload.objectives.map((one) => ({ ...one, percentile: 'p999' as const })),
    }));
    const text = renderTerminal({ ...full, plan: { ...full.plan, workloads } }, plain);
    expect(text).toMatch(/saturates +limited by\n/);
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /p99\.9 < \d+ ms: not known, since no load .*had the requests that p99\.9 needs /,
    );
  });

  test('is a sentence for a server alone', () => {
    const full = golden('full');
    const of = <Item extends { readonly workload: string; readonly server: string }>(
      items: readonly Item[],
    ) => items.filter(({ workload, server }) => workload === 'cpu' && server === 'pool');
    const document = {
      ...full,
      plan: {
        ...full.plan,
        servers: full.plan.servers.filter(({ name }) => name === 'pool'),
        workloads: full.plan.workloads
          .filter(({ name }) => name === 'cpu')
          .map((workload) => ({ ...workload, servers: ['pool'] })),
      },
      trials: of(full.trials),
      pilots: of(full.pilots),
      traces: [],
      disturbances: [],
    };
    expect(renderTerminal(document, plain).replace(/\s+/g, ' ')).toMatch(
      /On cpu, the pool saturates at 1,213 \([\d,–]+\) requests\/s and keeps p95 < 20 ms up to 1,18\d \([\d,–]+\) requests\/s: both cores are busy 98 % of the time\./,
    );
  });
});
