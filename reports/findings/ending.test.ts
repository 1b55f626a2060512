import { expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { endingInWords } from './ending.ts';

type Rates = Readonly<Record<string, readonly number[]>>;

/** A run with these throughputs for each server, block by block, under each workload. */
function run(workloads: Readonly<Record<string, Rates>>, blocks = 24) {
  const servers = [...new Set(Object.values(workloads).flatMap((rates) => Object.keys(rates)))];
  const trials = Object.entries(workloads).flatMap(([workload, rates]) =>
    Object.entries(rates).flatMap(([server, perBlock]) =>
      perBlock.map((throughputPerSecond, block) =>
        sampleTrial({ block, server, workload }, [sampleClosedLoop({ throughputPerSecond })]),
      ),
    ),
  );
  const names = Object.keys(workloads).map((name) => sampleWorkload(name));
  const document = sampleDocument({ servers, workloads: names }, trials);
  return { ...document, plan: { ...document.plan, blocks } };
}

const decided = { pool: [100, 101, 102], prefork: [50, 51, 50.5] };
const undecided = { pool: [100, 120, 90, 104], prefork: [104, 90, 118, 95] };

test('a run that ended early says that nothing was left to decide', () => {
  expect(endingInWords(run({ cpu: decided }))).toBe(
    'The run ended after 3 blocks: nothing was left to decide.',
  );
  const longer = { pool: [100, 101, 102, 100], prefork: [50, 51, 50.5, 50] };
  expect(endingInWords(run({ io: decided, cpu: decided, mixed: longer }))).toBe(
    'The run ended when nothing was left to decide: io and cpu after 3 blocks, mixed after 4 blocks.',
  );
});

test('a run whose time was up names what is undecided', () => {
  const behind = { ...undecided, 'event-loop': [10, 11, 10.5, 10] };
  expect(endingInWords(run({ cpu: behind }))).toBe(
    'Time was up after 4 blocks. Undecided: cpu (pool and prefork).',
  );
  expect(endingInWords(run({ io: decided, cpu: undecided }))).toBe(
    'Time was up after 4 blocks. Undecided: cpu. Decided: io after 3 blocks.',
  );
});

test('a run of all planned blocks says only what is undecided', () => {
  expect(endingInWords(run({ cpu: decided }, 3))).toBeNull();
  expect(endingInWords(run({ cpu: undecided }, 4))).toBe('All 4 blocks were run. Undecided: cpu.');
  const once = { pool: [100], prefork: [104] };
  expect(endingInWords(run({ cpu: once }, 1))).toBe('The only block was run. Undecided: cpu.');
});

test('a run of one server, or one that was interrupted, says nothing', () => {
  expect(endingInWords(run({ cpu: { pool: [100, 101] } }))).toBeNull();
  expect(endingInWords({ ...run({ cpu: decided }), status: 'interrupted' })).toBeNull();
});
