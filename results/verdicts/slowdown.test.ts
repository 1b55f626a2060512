import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleOpenLoop,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import type { Measurement, Trial, Warning } from '../document/run-document.ts';
import { rankWorkloads } from './ranking.ts';
import { slowdownsOf } from './slowdown.ts';

/** 4,000 requests of each class, this long at the median. */
function open(rate: 'shared' | 'alone', classes: Readonly<Record<string, number>>): Measurement {
  const whole = sampleOpenLoop({ rate });
  const requests = { ...whole.requests, sent: 4000, ok: 4000 };
  return {
    ...whole,
    classes: Object.entries(classes).map(([name, medianMs]) => {
      const times = sampleTimes(4000, medianMs);
      return {
        name,
        requests,
        throughputPerSecond: 800,
        serviceTime: times,
        responseTime: times,
      };
    }),
  };
}

const trial = (block: number, light: { beside: number; alone?: number }, more: Warning[] = []) => {
  const shared = { ...open('shared', { light: light.beside, heavy: 90 }), warnings: more };
  const alone = light.alone === undefined ? [] : [open('alone', { light: light.alone })];
  return sampleTrial({ block, workload: 'mixed' }, [sampleClosedLoop(), shared, ...alone]);
};

function slowdown(trials: readonly Trial[]) {
  const workloads = [sampleWorkload('mixed', ['light', 'heavy'])];
  const document = sampleDocument({ servers: ['pool'], workloads }, trials);
  const [ranking] = rankWorkloads(document);
  if (!ranking) throw new Error('no ranking');
  const found = slowdownsOf(ranking);
  expect(found ?? slowdownsOfLight).toMatchObject(slowdownsOfLight);
  return found?.servers[0] ?? null;
}

const slowdownsOfLight = { className: 'light', others: ['heavy'], percentile: 'p99' } as const;

describe('the slowdown of light requests', () => {
  test('is the ratio of their times beside heavy ones and alone, paired by block', () => {
    const found = slowdown([
      trial(0, { beside: 40, alone: 5 }),
      trial(1, { beside: 90, alone: 10 }),
      trial(2, { beside: 50, alone: 5 }),
    ]);
    expect(found).toMatchObject({ beside: { median: 100, blocks: 3 }, alone: { median: 10 } });
    expect(found?.ratio).toBeCloseTo((8 * 9 * 10) ** (1 / 3));
    expect(found?.low).toBeGreaterThan(1);
    expect(found?.low).toBeLessThan(found?.ratio ?? 0);
    expect(found?.high).toBeGreaterThan(found?.ratio ?? 0);
  });

  test('needs two blocks with both windows', () => {
    const one = trial(0, { beside: 40, alone: 5 });
    expect(slowdown([one, trial(1, { beside: 40 })])).toBeNull();
    expect(slowdown([one, trial(1, { beside: 44, alone: 5 })])).toMatchObject({
      alone: { blocks: 2 },
    });
  });

  test('is unknown where heavy requests overloaded the server in a block', () => {
    const overloaded = { code: 'overloaded', severity: 'void', message: '', advice: '' } as const;
    const blocks = [0, 1, 2].map((block) => trial(block, { beside: 40 + block, alone: 5 }));
    expect(slowdown(blocks)).not.toBeNull();
    expect(slowdown([...blocks, trial(3, { beside: 400, alone: 5 }, [overloaded])])).toBeNull();
  });

  test('leaves out a block that the load generator spoilt', () => {
    const late = { code: 'late-sends', severity: 'void', message: '', advice: '' } as const;
    const blocks = [0, 1].map((block) => trial(block, { beside: 40 + block, alone: 5 }));
    expect(slowdown([...blocks, trial(2, { beside: 400, alone: 5 }, [late])])).toEqual(
      slowdown(blocks),
    );
  });
});
