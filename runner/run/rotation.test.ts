import { describe, expect, test } from '@jest/globals';
import type { RunDocument } from '../../results/document/run-document.ts';
import { undecidedServers } from '../../results/verdicts/undecided.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { curveBlockSeconds } from '../plan/block-seconds.ts';
import { planBlocks } from '../plan/plan.ts';
import { planRun, runFlagsSchema } from '../plan/run-options.ts';
import { LoadCurves } from './load-curves.ts';
import { stillToMeasure, toCompare } from './rotation.ts';
import { TimeLimit } from './time-limit.ts';

const noCurves = new LoadCurves(null);

const blocksFor = (model: string) =>
  planBlocks(planRun(runFlagsSchema.parse({ model, workload: 'cpu', seed: '1' })));

/** Blocks in which each server serves so many requests/s, times a little noise. */
function measured(perSecond: Readonly<Record<string, number>>, blocks: number): RunDocument {
  const servers = Object.keys(perSecond);
  const noise = [1, 1.01, 0.99, 1.004, 0.995, 1.006, 0.992, 1.003];
  const trials = Array.from({ length: blocks }, (_, block) =>
    servers.map((server, index) =>
      sampleTrial({ server, block }, [
        sampleClosedLoop({
          throughputPerSecond: (perSecond[server] ?? 0) * (noise[(block + 3 * index) % 8] ?? 1),
        }),
      ]),
    ),
  );
  return sampleDocument({ servers }, trials.flat());
}

const trialsIn = (model: string, document: RunDocument, block: number, curves = noCurves) =>
  stillToMeasure(blocksFor(model)[block] ?? [], undecidedServers(document), curves).flatMap(
    ({ trials }) => trials,
  );

const namesIn = (...measured: Parameters<typeof trialsIn>) =>
  trialsIn(...measured)
    .filter(({ purpose }) => purpose === 'comparison')
    .map(({ server }) => server.name);

test('before anything is decided, every server is measured', () => {
  const model = 'pool,prefork,event-loop';
  const document = measured({ pool: 100, prefork: 99, 'event-loop': 50 }, 2);
  expect(namesIn(model, document, 2).toSorted()).toEqual(['event-loop', 'pool', 'prefork']);
});

test('a server that is decided against every other leaves, and the others stay', () => {
  const document = measured({ pool: 100, prefork: 99, 'event-loop': 30 }, 4);
  expect(namesIn('pool,prefork,event-loop', document, 4).toSorted()).toEqual(['pool', 'prefork']);
});

test('when everything is decided, no group is left', () => {
  expect(namesIn('pool,event-loop', measured({ pool: 100, 'event-loop': 30 }, 4), 4)).toEqual([]);
});

test('a server alone has six blocks', () => {
  expect(namesIn('pool', measured({ pool: 100 }, 5), 5)).toEqual(['pool']);
  expect(namesIn('pool', measured({ pool: 100 }, 6), 6)).toEqual([]);
});

test('a server alone goes on while an assertion about it is unclear', () => {
  const document = measured({ pool: 100 }, 6);
  const about = (text: string) => ({
    ...document,
    plan: { ...document.plan, assertions: [text] },
  });
  expect(namesIn('pool', about('pool throughput > 100'), 6)).toEqual(['pool']);
  expect(namesIn('pool', about('pool throughput > 50'), 6)).toEqual([]);
});

test('a server that is decided has its load curve measured, without its windows and controls', () => {
  const document = measured({ pool: 100, 'event-loop': 30 }, 4);
  const curves = new LoadCurves({ loads: 3, loadsPerBlock: 2, parts: 1, firstBlock: 0 });
  curves.learn('cpu', 'pool', { perSecond: 100, generatorPerSecond: 1000, fastestMs: 1 });
  curves.learn('cpu', 'event-loop', { perSecond: 30, generatorPerSecond: 1000, fastestMs: 1 });
  const trials = trialsIn('pool,event-loop', document, 4, curves);
  expect(trials.map(({ server }) => server.name).toSorted()).toEqual(['event-loop', 'pool']);
  for (const { purpose, curveOnly } of trials) {
    expect({ purpose, curveOnly }).toEqual({ purpose: 'comparison', curveOnly: true });
  }
  curves.finishPart('cpu');
  expect(trialsIn('pool,event-loop', document, 4, curves)).toEqual([]);
});

describe('where time is short for comparisons and load curves', () => {
  const plan = planRun(runFlagsSchema.parse({ model: 'pool,event-loop', workload: 'cpu' }));
  const curveSeconds = curveBlockSeconds(plan.workloads, plan);

  /** Who is compared in the last block before the load curves and in later ones, and which have a part of the curve. */
  async function blocksOf(document: RunDocument, leftSeconds: number, blockSeconds: number) {
    const curves = new LoadCurves({ loads: 5, loadsPerBlock: 5, parts: 2, firstBlock: 4 });
    curves.learn('cpu', 'pool', { perSecond: 100, generatorPerSecond: 1000, fastestMs: 1 });
    let elapsedSeconds = 0;
    const limit = new TimeLimit(
      blockSeconds + leftSeconds,
      () => elapsedSeconds,
      () => 0,
    );
    await limit.time('cpu', async () => {
      elapsedSeconds = blockSeconds;
    });
    return [3, 4, 5, 6, 7].map((block) => {
      const compared = toCompare(document, block, { plan, limit, curves, aroundSteps: [] });
      const hasCurve = curves.next('cpu', block).length > 0;
      return [...(compared.size > 0 ? ['compared'] : []), ...(hasCurve ? ['curve'] : [])].join();
    });
  }

  const soonDecided = measured({ pool: 100, 'event-loop': 93 }, 3);
  const never = measured({ pool: 100, 'event-loop': 99.9 }, 3);

  test('both have their turn in each block while there is time', async () => {
    const blocks = await blocksOf(soonDecided, 10 * curveSeconds, 1);
    expect(blocks).toEqual(['compared', ...Array(4).fill('compared,curve')]);
  });

  test('a comparison that is soon decided has a few cheap blocks before the curve', async () => {
    const blocks = await blocksOf(soonDecided, curveSeconds / 2, curveSeconds / 8);
    expect(blocks).toEqual(['compared', 'compared', 'compared', 'compared', 'curve']);
  });

  test('a comparison that needs many blocks waits for the curve after the planned ones', async () => {
    const blocks = await blocksOf(never, curveSeconds / 2, curveSeconds / 8);
    expect(blocks).toEqual(['compared', ...Array(4).fill('curve')]);
  });

  test('the curve begins sooner than planned where a block takes as long', async () => {
    expect(await blocksOf(soonDecided, curveSeconds / 2, curveSeconds)).toEqual(
      Array(5).fill('curve'),
    );
  });
});
