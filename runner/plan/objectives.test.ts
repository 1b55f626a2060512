import { describe, expect, test } from '@jest/globals';
import { objectiveAsTyped, usualObjective, withObjectives } from './objectives.ts';
import { planRun, runFlagsSchema } from './run-options.ts';

const objectivesFor = (workload: string, objective: string[] = [], more: object = {}) =>
  Object.fromEntries(
    planRun(runFlagsSchema.parse({ workload, objective, ...more })).workloads.map((one) => [
      one.name,
      one.objectives.map((wanted) => objectiveAsTyped(one.name, wanted)),
    ]),
  );

describe('the objectives of a run', () => {
  test('are those of its workloads, which count on the wait of a request', () => {
    expect(objectivesFor('hello,io,cpu,mixed')).toEqual({
      hello: ['hello p99<10ms'],
      io: ['io p95<100ms'],
      cpu: ['cpu p95<100ms'],
      mixed: ['mixed light p95<50ms'],
    });
    expect(objectivesFor('io?ms=500,mixed?ms=50')).toEqual({
      io: ['io p95<550ms'],
      mixed: ['mixed light p95<95ms'],
    });
  });

  test('are the usual one on a path of a server of one’s own', () => {
    expect(objectivesFor('io', [], { exec: ['node mine.js'], path: ['/users'] })).toEqual({
      '/users': ['/users p95<100ms'],
    });
  });

  test('chosen for a workload, a class or all replace those of the workload', () => {
    expect(objectivesFor('io,mixed', ['p99<20ms', 'p99 < 0.2s'])).toEqual({
      io: ['io p99<20ms', 'io p99<200ms'],
      mixed: ['mixed p99<20ms', 'mixed p99<200ms'],
    });
    expect(objectivesFor('io,mixed', ['heavy p90<1s', 'light p99.9<80.5ms'])).toEqual({
      io: ['io p95<100ms'],
      mixed: ['mixed heavy p90<1000ms', 'mixed light p99.9<80.5ms'],
    });
    expect(objectivesFor('mixed,logins', ['mixed light p95<40ms'])).toMatchObject({
      mixed: ['mixed light p95<40ms'],
      logins: objectivesFor('logins')['logins'],
    });
    expect(objectivesFor('io,cpu', ['io p50<60ms', 'io p50<60ms'])).toEqual({
      io: ['io p50<60ms'],
      cpu: ['cpu p95<100ms'],
    });
  });

  test.each(['p99', 'p99<', 'p99<100', 'p99>100ms', '99<100ms', 'p99<0ms', 'p99<11s', '', 'io'])(
    'cannot be "%s"',
    (text) => {
      const workloads = [{ name: 'io', classes: [], objectives: [usualObjective] }];
      expect(() => withObjectives(workloads, [text])).toThrow(
        `--objective must be a percentile below a time of at most 10 s, such as 'p99<100ms' or 'light p95<50ms', not "${text}".`,
      );
    },
  );

  test('name a percentile that is measured, and something of the run', () => {
    expect(() => objectivesFor('io', ['p98<100ms'])).toThrow(
      '--objective "p98<100ms" has the unknown percentile p98. Known: p50, p90, p95, p99, p99.9.',
    );
    expect(() => objectivesFor('io,mixed', ['lite p95<50ms'])).toThrow(
      '--objective "lite p95<50ms" names neither a workload nor a class of requests of this run. Known: io, mixed, light, heavy.',
    );
  });
});
