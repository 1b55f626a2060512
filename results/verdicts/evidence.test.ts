import { expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { pairwiseEvidence } from './evidence.ts';
import { metricInWords } from './metric.ts';

const { requests, throughputPerSecond, serviceTime, responseTime } = sampleOpenLoop();
const openLoop = (names: string[]) =>
  sampleOpenLoop({
    classes: names.map((name) => ({
      name,
      requests,
      throughputPerSecond,
      serviceTime,
      responseTime: responseTime ?? sampleTimes(3000, 5),
    })),
  });

function weights(names: string[]) {
  const workloads = [sampleWorkload('cpu', names)];
  const trials = ['pool', 'prefork'].map((server) =>
    sampleTrial({ server }, [sampleClosedLoop(), openLoop(names)]),
  );
  return pairwiseEvidence(sampleDocument({ workloads }, trials)).map(({ metric, weight }) => [
    metricInWords(metric).replace(/^\S+ response/, 'response'),
    weight,
  ]);
}

test('comparisons by the main metric of a workload weigh most', () => {
  expect(weights([])).toEqual([
    ['throughput', 1],
    ['response time', 0.25],
  ]);
  expect(weights(['light', 'heavy'])).toEqual([
    ['throughput', 0.25],
    ['response time of light requests', 1],
    ['response time of heavy requests', 0.25],
  ]);
});

test('blocks that other programs disturbed are left out if three others are left', () => {
  const stolen = { code: 'cpu-stolen', severity: 'warn', message: 'stolen', advice: '' } as const;
  const blocksUsed = (quiet: number, disturbed: number) => {
    const trials = Array.from({ length: quiet + disturbed }, (_, block) =>
      ['pool', 'prefork'].map((server) =>
        sampleTrial({ server, block }, [
          sampleClosedLoop({ warnings: block >= quiet && server === 'pool' ? [stolen] : [] }),
        ]),
      ),
    );
    const [pair] = pairwiseEvidence(sampleDocument({}, trials.flat()));
    return pair?.evidence.measured ? pair.evidence : null;
  };
  expect(blocksUsed(3, 1)).toMatchObject({ blocks: 3, blocksTried: 4, blocksDisturbed: 1 });
  expect(blocksUsed(2, 2)).toMatchObject({ blocks: 4, blocksTried: 4, blocksDisturbed: 0 });
});

test('a server that was overloaded in disturbed blocks alone is compared by the others', () => {
  const warning = (code: string, severity: 'warn' | 'void') =>
    ({ code, severity, message: code, advice: '' }) as const;
  const evidenceFrom = (warnings: ReturnType<typeof warning>[]) => {
    const trials = Array.from({ length: 4 }, (_, block) =>
      ['pool', 'prefork'].map((server) =>
        sampleTrial({ server, block }, [
          sampleClosedLoop({ warnings: block === 3 && server === 'pool' ? warnings : [] }),
        ]),
      ),
    );
    return pairwiseEvidence(sampleDocument({}, trials.flat()))[0]?.evidence;
  };
  const overloaded = warning('overloaded', 'void');
  const stolen = warning('cpu-stolen', 'warn');
  expect(evidenceFrom([overloaded])).toMatchObject({ failed: [{ server: 'pool', blocks: 1 }] });
  expect(evidenceFrom([overloaded, stolen])).toMatchObject({ blocks: 3, failed: [] });
});
