import { expect, jest, test } from '@jest/globals';
import { DatabaseFailedError, RunError } from '../errors.ts';
import type { PlannedTrial } from '../plan/plan.ts';
import { BlockServers } from './block-servers.ts';
import type { LaunchedServer, RunContext } from './launched-server.ts';
import type { Session } from './session.ts';
import { RunningTrial } from './trial.ts';

const context = {
  plan: { seed: 1 },
  signal: new AbortController().signal,
  emit: () => {},
} as unknown as RunContext;

/** A trial whose server is launched, and gives correct answers to no requests. */
function startTrial(curveOnly: boolean, launchFails = false): Promise<RunningTrial> {
  const servers = new BlockServers(async () => {
    if (launchFails) throw new RunError('no port');
    return {
      running: { url: 'http://127.0.0.1', outputTail: () => '' },
      database: null,
      during: (work: Promise<unknown>) => work,
      close: async () => undefined,
    } as unknown as LaunchedServer;
  });
  const planned = {
    server: { name: 'pool' },
    workload: { name: 'cpu', classes: [] },
    purpose: 'comparison',
    block: 3,
    position: 0,
    curveOnly,
  } as unknown as PlannedTrial;
  return RunningTrial.start(context, servers, planned);
}

const dies = async (_session: Session): Promise<never> => {
  throw new RunError('the server was killed');
};

const message = (where: string, reason = 'the server was killed') => ({
  code: 'failed-in-curve',
  message: `the server failed ${where}: ${reason}`,
});

test('a server that dies at the first load of a trial of the load curve alone has not failed a block', async () => {
  const trial = await startTrial(true);
  await trial.measureLoad(180, dies);
  expect(trial.outcome()?.trial).toMatchObject({
    status: 'ok',
    warnings: [message('at 180 requests/s of the load curve')],
  });
});

test('a server that dies or does not start before its load curve has not failed a block', async () => {
  const started = await startTrial(true);
  await started.do(dies);
  const warmUp = { status: 'ok', warnings: [message('before its load curve')] };
  expect(started.outcome()?.trial).toMatchObject(warmUp);
  const launch = { status: 'ok', warnings: [message('before its load curve', 'no port')] };
  expect((await startTrial(true, true)).outcome()?.trial).toMatchObject(launch);
});

test('a server that dies in a trial of the comparison has failed', async () => {
  const trial = await startTrial(false);
  await trial.do(dies);
  const failed = { status: 'failed', reason: 'the server was killed', warnings: [] };
  expect(trial.outcome()?.trial).toMatchObject(failed);
});

test.each([true, false])(
  'the death of the database is no failure of the server; load curve alone: %s',
  async (curveOnly) => {
    const trial = await startTrial(curveOnly);
    await trial.measureLoad(180, async () => {
      throw new DatabaseFailedError('the database was killed');
    });
    const skipped = { status: 'skipped', reason: 'the database was killed', warnings: [] };
    expect(trial.outcome()?.trial).toMatchObject(skipped);
  },
);

test('a clock that is set back does not change how long a trial took', async () => {
  const trial = await startTrial(false);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
  await trial.do(dies);
  expect(trial.outcome()?.trial.wallSeconds).toBeGreaterThanOrEqual(0);
  clock.mockRestore();
});
