import { describe, expect, test } from '@jest/globals';
import { predictionSentences } from '../reports/findings/prediction-sentences.ts';
import { golden } from '../test/golden/documents.ts';
import { loadCurvesOf } from './load-curve/load-curve.ts';
import { predictionErrors } from './prediction-errors.ts';

function errorsOf(
  workload: string,
  change: (document: ReturnType<typeof golden>) => void = () => {},
) {
  const document = golden('full');
  change(document);
  const planned = document.plan.workloads.find(({ name }) => name === workload);
  if (!planned) throw new Error(`no ${workload}`);
  return predictionErrors(document, loadCurvesOf(document, planned));
}

const pilotsCost = (factor: number) => (document: ReturnType<typeof golden>) => {
  for (const { singleRequests } of document.pilots)
    for (const single of singleRequests) single.cpuSeconds = (single.cpuSeconds ?? 0) * factor;
};

describe('the errors of predictions', () => {
  test('are those of the capacity and of the mean response time at each load up to 80 %', () => {
    const errors = errorsOf('cpu').filter(({ server }) => server === 'event-loop');
    expect(
      errors.map(({ of }) => (of === 'capacity' ? of : Math.round(of.offeredPerSecond))),
    ).toEqual(['capacity', 61, 364, 380, 443]);
    expect(errors[0]).toMatchObject({
      predicted: expect.closeTo(645.2, 1),
      measured: expect.closeTo(633, 0),
      error: expect.closeTo(-0.018, 2),
      isClose: true,
      failedAssumption: null,
    });
  });

  test('name the assumption that fails where they are large', () => {
    const [capacity] = errorsOf('cpu', pilotsCost(0.5));
    expect(capacity?.failedAssumption).toMatch(
      /^a request is assumed to cost as much CPU time under load as alone; it costs 2\.0\d× as much$/,
    );
    expect(predictionSentences('cpu', capacity ? [capacity] : [])).toEqual([
      expect.stringMatching(
        /^On cpu, queueing theory predicts a capacity of 1,290 requests\/s for the event loop; measured: 633 requests\/s \(−51 %\)\. Probable cause: a request is assumed/,
      ),
    ]);
  });

  test('are not of a load whose windows other programs disturbed, but of one with an undisturbed window', () => {
    const stolen = { code: 'cpu-stolen', severity: 'warn', message: '', advice: '' } as const;
    const loadsOf = (isStolen: (block: number) => boolean) =>
      errorsOf('cpu', ({ trials }) => {
        for (const { server, block, measurements } of trials)
          for (const { rate, warnings } of measurements)
            if (server === 'event-loop' && rate === 'shared' && isStolen(block))
              warnings.push(stolen);
      }).flatMap(({ server, of }) =>
        server === 'event-loop' && of !== 'capacity' ? Math.round(of.offeredPerSecond) : [],
      );
    expect(loadsOf((block) => block > 0)).toEqual(loadsOf(() => false));
    expect(loadsOf(() => true)).toEqual([61, 364, 443]);
  });

  test.each([
    ['shared', 0, 'the load generator uses'],
    ['shared', 2, 'the load generator and the database use'],
    ['isolated', 2, 'the database uses'],
  ] as const)(
    'on %s cores, with %d s of a database, name who uses them: %s',
    (mode, databaseSeconds, names) => {
      const errors = errorsOf('cpu', ({ plan, pilots, trials }) => {
        plan.cpuLayout.mode = mode;
        for (const { singleRequests } of pilots)
          for (const single of singleRequests) single.cpuSeconds = 1;
        for (const { measurements } of trials)
          for (const measurement of measurements) {
            measurement.server.cpuSeconds = measurement.requests.ok;
            measurement.client.cpuSeconds = measurement.windowSeconds / 2;
            if (databaseSeconds > 0)
              measurement.database = { ...measurement.client, cpuSeconds: databaseSeconds };
          }
      });
      expect(errors[0]?.failedAssumption).toContain(`cores; ${names} `);
    },
  );

  test('are not judged on a server that other programs disturbed', () => {
    const stolen = { code: 'cpu-stolen', severity: 'warn', message: '', advice: '' } as const;
    const errors = errorsOf('cpu', (document) => {
      for (const { server, measurements } of document.trials)
        if (server === 'pool') for (const { warnings } of measurements) warnings.push(stolen);
    });
    expect(new Set(errors.map(({ server }) => server))).toEqual(new Set(['event-loop', 'prefork']));
  });
});
