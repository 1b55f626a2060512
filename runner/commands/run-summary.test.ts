import { describe, expect, test } from '@jest/globals';
import { golden } from '../../test/golden/documents.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { failuresInWords, summaryForScripts, unmeasuredInWords } from './run-summary.ts';

const ended = (purpose: 'comparison' | 'control', status: 'ok' | 'failed') => {
  const trial = sampleTrial({ purpose }, [sampleClosedLoop()]);
  return status === 'ok' ? trial : { ...trial, status, reason: 'it died', measurements: [] };
};

test('failed controls are counted separately, as in the report', () => {
  const trials = [
    ended('comparison', 'failed'),
    ended('comparison', 'failed'),
    ended('comparison', 'ok'),
    ended('control', 'failed'),
  ];
  expect(failuresInWords(trials)).toBe('2 of 3 trials failed and 1 of 1 controls failed');
  expect(failuresInWords(trials.slice(0, 3))).toBe('2 of 3 trials failed');
  expect(failuresInWords(trials.slice(2))).toBe('1 of 1 controls failed');
  expect(failuresInWords([ended('comparison', 'ok')])).toBeNull();
});

test('a skipped trial has failed if its server was measured in another block', () => {
  const ok = ended('comparison', 'ok');
  const skipped = { ...ok, status: 'skipped' as const, reason: 'the database was killed' };
  expect(failuresInWords([ok, skipped])).toBe('1 of 2 trials failed');
  expect(failuresInWords([{ ...ok, server: 'event-loop' }, skipped])).toBeNull();
});

test('a workload with skipped trials alone is named, with the reason', () => {
  const ok = ended('comparison', 'ok');
  const skipped = { ...ok, status: 'skipped' as const, reason: 'the database was killed' };
  const words = 'cpu was not measured on any server: the database was killed';
  expect(unmeasuredInWords([skipped, { ...skipped, server: 'event-loop' }])).toBe(words);
  expect(unmeasuredInWords([{ ...ok, workload: 'io' }, skipped])).toBe(words);
  expect(unmeasuredInWords([{ ...ok, server: 'event-loop' }, skipped])).toBeNull();
  expect(unmeasuredInWords([])).toBeNull();
});

test('the summary for scripts says which loop a figure is from, and null where there is none', () => {
  const files = { run: '/runs/run.json', report: '/runs/report.html' };
  const summary: unknown = JSON.parse(summaryForScripts(golden('single'), files));
  expect(summary).toMatchObject({ schemaVersion: 1, status: 'complete', ...files });
  expect(summary).toMatchObject({
    cells: [{ server: 'pool', workload: 'cpu', closedLoopRequestsPerSecond: { blocks: 1 } }],
  });
  const troubled: unknown = JSON.parse(summaryForScripts(golden('troubled'), files));
  expect(troubled).toHaveProperty(
    'cells',
    expect.arrayContaining([
      expect.objectContaining({ server: 'pool', closedLoopRequestsPerSecond: null }),
    ]),
  );
});

test('the summary for scripts leaves out controls and void numbers, and says what is void', () => {
  const late = { code: 'x', severity: 'void', message: 'it was late', advice: '' } as const;
  const at = (throughputPerSecond: number) => sampleClosedLoop({ throughputPerSecond });
  const document = sampleDocument({ servers: ['pool'] }, [
    sampleTrial({ block: 0 }, [at(100)]),
    sampleTrial({ block: 0, purpose: 'control' }, [at(1000)]),
    sampleTrial({ block: 1 }, [at(200)]),
    sampleTrial({ block: 2 }, [{ ...at(5000), warnings: [late] }]),
    { ...sampleTrial({ block: 3 }, [at(9000)]), warnings: [late] },
  ]);
  const summary: unknown = JSON.parse(summaryForScripts(document, { run: '', report: '' }));
  const closedLoopRequestsPerSecond = { median: 150, lowest: 100, highest: 200, blocks: 2 };
  expect(summary).toMatchObject({
    cells: [{ closedLoopRequestsPerSecond, warnings: ['void: it was late'] }],
  });
});

test('the summary for scripts says where a server saturates and what it serves within the objective', () => {
  const summary: unknown = JSON.parse(summaryForScripts(golden('full'), { run: '', report: '' }));
  const cell = (server: string, workload: string, limits: object) =>
    expect.objectContaining({ server, workload, ...limits });
  expect(summary).toHaveProperty(
    'cells',
    expect.arrayContaining([
      cell('prefork', 'io', {
        saturation: {
          kind: 'measured',
          requestsPerSecond: expect.closeTo(99, 0),
          low: expect.closeTo(99, 0),
          high: expect.closeTo(99, 0),
          reason: null,
        },
        bottleneck: { kind: 'workers', text: expect.stringContaining('all 5 workers') },
      }),
      cell('event-loop', 'mixed', {
        objectives: [
          {
            class: 'light',
            percentile: 'p95',
            belowMs: 100,
            capacity: expect.objectContaining({ kind: 'less-than', low: null }),
          },
        ],
      }),
    ]),
  );
});

describe('the comparisons of the summary for scripts', () => {
  const summaryOf = (rates: Readonly<Record<string, readonly number[]>>): unknown => {
    const trials = Object.entries(rates).flatMap(([server, perBlock]) =>
      perBlock.map((throughputPerSecond, block) =>
        sampleTrial({ server, block }, [sampleClosedLoop({ throughputPerSecond })]),
      ),
    );
    const document = sampleDocument({ servers: Object.keys(rates) }, trials);
    return JSON.parse(summaryForScripts(document, { run: '', report: '' }));
  };

  test('name the better server first, and say how many times better it is', () => {
    const summary = summaryOf({ prefork: [50, 51, 50.5], pool: [100, 101, 102] });
    expect(summary).toMatchObject({
      wallSeconds: 300,
      ended: 'blocks',
      disturbances: [],
      cells: [
        { server: 'prefork', metric: { kind: 'throughput' }, unit: 'requests/s' },
        { value: { median: 101, lowest: 100, highest: 102, blocks: 3 } },
      ],
      comparisons: [{ first: 'pool', second: 'prefork', verdict: 'faster', blocks: 3 }],
    });
    expect(summary).toHaveProperty('comparisons.0.ratio', expect.closeTo(2, 1));
  });

  test('give the reason where there is no ratio', () => {
    const one = summaryOf({ prefork: [50], pool: [100] });
    expect(one).toHaveProperty('comparisons.0.verdict', 'not-measured');
    expect(one).toHaveProperty('comparisons.0.reason', expect.stringContaining('one block'));
  });

  test('say what the better server reached where the other failed in every block', () => {
    const summary = summaryOf({ prefork: [0, 0, 0], pool: [100, 100, 100] });
    expect(summary).toHaveProperty('comparisons.0', {
      workload: 'cpu',
      metric: { kind: 'throughput' },
      first: 'pool',
      second: 'prefork',
      verdict: 'one-failed',
      blocks: 3,
      value: expect.closeTo(100),
      failure: 'left too many requests unanswered',
    });
  });

  test('are by the main metric, the open loop of the first class where there are several', () => {
    const summary: unknown = JSON.parse(summaryForScripts(golden('full'), { run: '', report: '' }));
    expect(summary).toMatchObject({
      cells: expect.arrayContaining([
        expect.objectContaining({
          workload: 'mixed',
          metric: expect.objectContaining({ kind: 'response-time', className: 'light' }),
          unit: 'ms',
        }),
      ]),
    });
    expect(JSON.stringify(summary)).not.toContain('serviceTime');
  });
});

test('an end of an interval that nothing bounds is null', () => {
  const trials = [ended('comparison', 'ok'), ended('comparison', 'failed')].flatMap((trial) =>
    [0, 1, 2].map((index) => ({ ...trial, block: trial.status === 'ok' ? index : 3 + index })),
  );
  const { plan, ...document } = sampleDocument({ servers: ['pool'] }, trials.slice(0, 5));
  const assertions = ['pool throughput > 1'];
  const summary = summaryForScripts(
    { ...document, plan: { ...plan, assertions } },
    { run: 'run.json', report: 'report.html' },
  );
  expect(JSON.parse(summary).assertions).toMatchObject([
    { outcome: 'unclear', value: expect.any(Number), low: null, high: expect.any(Number) },
  ]);
});
