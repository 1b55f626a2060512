import { describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { golden, goldenNames } from '../test/golden/documents.ts';
import { hostile } from '../test/golden/hostile.ts';
import { renderBenchstat } from './benchstat/render.ts';
import { renderCsv } from './csv/render.ts';
import { renderGithubActionBenchmark } from './github-action-benchmark/render.ts';
import { renderHgrm } from './hgrm/render.ts';
import { formats } from './index.ts';
import { renderMarkdown } from './markdown/render.ts';

describe.each(formats)('the format $name', ({ render }) => {
  test.each(goldenNames)('renders the %s run without a missing value', (run) => {
    const texts = render(golden(run)).map(({ content }) =>
      content.replace(/<script[\s\S]*?<\/script>|"histogram": "[^"]*"/g, ''),
    );
    expect(texts.filter((content) => /undefined|NaN|\[object/.test(content))).toEqual([]);
  });
});

describe.each(formats)('the format $name', ({ makes, render }) => {
  test('writes files with safe and distinct names, whatever the servers are called', () => {
    const names = render(hostile(golden('full'))).map((file) => file.name);
    for (const file of names) expect(file).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,250}$/);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length > 1).toBe(makes === 'several files');
  });
});

describe('Markdown', () => {
  test('has a table with a row for each server', () => {
    const table = renderMarkdown(golden('full')).match(/^\|.*\|$/gm) ?? [];
    // One of what was measured, and one for each workload of what each server handles.
    expect(table).toHaveLength(4 * (2 + 3));
    expect(table[2 * (2 + 3) + 2]).toMatch(
      /^\| event-loop \| 633 \([\d–]+\) \| \d+ \([\d–]+\) \| its one thread is busy 99 % of the time \| CPU per request: 1\.5\d ms at/,
    );
    expect(table[4]).toMatch(
      /^\| pool \(2 workers\) \| [\d,]+ ● tied for first \(within 3 %\) \| [\d,]+ ● tied for first \| [\d.]+ ● fastest \|$/,
    );
  });

  test('lets no text from outside become markup', () => {
    const text = renderMarkdown(hostile(golden('troubled'))).replace(/`[^`]*`/g, '');
    expect(text).not.toMatch(/(?<!\\)<(script|img|b)\b/);
    for (const row of text.match(/^\|.*$/gm) ?? []) {
      expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
    }
  });
});

test('the format github-action-benchmark has a file for each of its tools', () => {
  const [bigger, smaller] = renderGithubActionBenchmark(golden('full'));
  expect([bigger?.name, smaller?.name]).toEqual([
    'customBiggerIsBetter.json',
    'customSmallerIsBetter.json',
  ]);
  expect(JSON.parse(bigger?.content.toString() ?? '')).toContainEqual({
    name: 'event-loop on cpu: throughput',
    unit: 'requests/s',
    value: 633.5,
    range: '632–634',
    extra: '4 blocks',
  });
  expect(JSON.parse(smaller?.content.toString() ?? '')).toContainEqual(
    expect.objectContaining({
      name: expect.stringMatching(/^pool on mixed: .* response time of light requests$/),
      unit: 'ms',
    }),
  );
});

describe('CSV', () => {
  /** A reader by RFC 4180, for tests. */
  function parse(text: string): string[][] {
    const rows: string[][] = [];
    for (const [, field = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
      const row = rows.at(-1);
      const value = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
      if (row && row.at(-1) !== '\n') row.push(value);
      else rows.push([value]);
      if (end === '\r\n') rows.at(-1)?.push('\n');
    }
    return rows.map((row) => row.filter((value) => value !== '\n'));
  }

  test('has as many fields in every row as in its heading', () => {
    const rows = parse(renderCsv(hostile(golden('troubled'))));
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([16]));
  });

  test('holds every trial’s throughput, and failed trials with their reasons', () => {
    const document = golden('troubled');
    const rows = parse(renderCsv(document));
    const throughputs = rows.filter((row) => row[10] === 'all' && row[11] === 'throughput');
    const measured = document.trials.flatMap(({ measurements }) => measurements);
    expect(throughputs.map((row) => Number(row[13]))).toEqual(
      measured.map(({ throughputPerSecond }) => throughputPerSecond),
    );
    expect(rows.filter((row) => row[5] === 'failed').map((row) => row[14])).toEqual([
      'the server exited with code 1 in mid-trial: "</script> <b>out of memory</b>"',
    ]);
  });
});

test('CSV has the load curve of blocks that measured nothing else', () => {
  const document = golden('full');
  const countRows = () => renderCsv(document).match(/,open,shared,.*,all,throughput,/g)?.length;
  const [all, trial] = [countRows() ?? 0, document.trials.find(({ curve }) => curve.length > 0)];
  const main = trial?.measurements.filter(({ rate }) => rate === 'shared').length ?? 0;
  expect(main).toBeGreaterThan(0);
  if (trial) trial.measurements = [];
  expect(countRows()).toBe(all - main);
});

test('CSV has the sweep by its connections, and a model’s fidelity with its interval', () => {
  const rows = renderCsv(golden('fidelity')).split('\r\n');
  const swept = rows.filter((row) => /,event-loop,cpu,.*,all,throughput,.*,8$/.test(row));
  expect(swept).toHaveLength(3);
  const scores = rows.filter((row) => row.includes(',fidelity_to_express'));
  expect(scores).toHaveLength(3 + 2 * 3 + (2 + 3) * 3);
  expect(scores[0]).toMatch(/event-loop,.*,fidelity_to_express,share,0\.9\d+,,$/);
});

test('CSV has the slowdown of light requests by heavy ones, with its interval', () => {
  const rows = renderCsv(golden('full')).split('\r\n');
  const slowdowns = rows.filter((row) => row.includes(',slowdown_'));
  expect(slowdowns).toHaveLength(3 * 3);
  expect(slowdowns[0]).toMatch(/,event-loop,mixed,.*,light,slowdown_p90,ratio,3\.\d+,,$/);
});

test('JSON is the run document', () => {
  const [file] = formats.find(({ name }) => name === 'json')?.render(golden('full')) ?? [];
  expect(readRunDocument(file?.content ?? '')).toEqual(golden('full'));
});

describe('hgrm', () => {
  test('has a file for each server, workload, window and class, with rising percentiles', () => {
    const files = renderHgrm(golden('full'));
    expect(files).toHaveLength(3 * (1 + 1 + 2) * 3 + 3);
    expect(files.map(({ name }) => name)).toContain('pool.mixed.light.open-alone.hgrm');
    for (const { content } of files) {
      const rows = content.split('\n').filter((line) => /^ *[\d.]+ /.test(line));
      const percentiles = rows.map((row) => Number(row.trim().split(/ +/)[1]));
      expect(percentiles.length).toBeGreaterThan(5);
      expect(percentiles).toEqual(percentiles.toSorted((a, b) => a - b));
      expect(percentiles.at(-1)).toBe(1);
    }
  });

  test('gives times in ms', () => {
    const file = renderHgrm(golden('full')).find(
      ({ name }) => name === 'event-loop.io.io.closed.hgrm',
    );
    expect(file?.content).toMatch(/^ +50\.\d+ 0\.5/m);
  });
});

describe('benchstat', () => {
  test('has a sample for each usable trial, in Go’s benchmark format', () => {
    const lines = renderBenchstat(golden('full'))
      .split('\n')
      .filter((line) => line.startsWith('Benchmark'));
    const capacities = lines.filter((line) => line.includes('/objective='));
    expect(lines.filter((line) => line.includes(' req/s'))).toHaveLength(36 + capacities.length);
    expect(capacities).toContainEqual(
      expect.stringMatching(
        /^BenchmarkCpu\/server=pool\/objective=p95<20ms\t1\t118\d[\d.]* req\/s$/,
      ),
    );
    for (const line of lines) expect(line).toMatch(/^Benchmark[A-Z]\S*\t\d+(\t[\d.e+]+ \S+)+$/);
  });

  test('leaves out trials that must not be used', () => {
    const text = renderBenchstat(golden('troubled'));
    expect(text.match(/^BenchmarkCpu\/server=event-loop\t.* req\/s/gm)).toHaveLength(1);
  });
});
