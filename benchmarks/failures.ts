import { parseArgs } from 'node:util';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { attackInWords, chooseAttacks, tryAttack } from './failures/attack.ts';
import { markdownTable } from './harness/page.ts';
import { runProgram } from './harness/program.ts';

/**
 * Whether a run survives what a machine does to it: signals to each of its processes, full disks, limits, closed
 * streams, at random moments of random stages. After each fault no process and no temporary file may be left, `run.json`
 * must be readable, and report and exit status must say what happened.
 *
 *   npm run benchmark:failures -- [--faults 300] [--seed 1] [--kind 'SIGKILL to the runner']
 *
 * Some five seconds a fault. Root can also fill a disk, make a folder read-only, and limit processes and ports.
 */
await runProgram(async () => {
  const options = {
    kind: { type: 'string' },
    faults: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  } as const;
  const { values } = parseArgs({ options });
  const count = parseWholeNumber('--faults', values.faults, 1, 100_000);
  const seed = parseWholeNumber('--seed', values.seed, 0, 2 ** 32 - 1);
  const tries = new Map<string, { tries: number; notStruck: number; failures: number }>();
  for (const attack of chooseAttacks(count, seed, values.kind)) {
    const { wrong, struck, ended } = await tryAttack(attack);
    const before = tries.get(attack.kind.name) ?? { tries: 0, notStruck: 0, failures: 0 };
    const failed = wrong.length > 0 ? 1 : 0;
    tries.set(attack.kind.name, {
      tries: before.tries + 1,
      notStruck: before.notStruck + (struck ? 0 : 1),
      failures: before.failures + failed,
    });
    console.log(`${failed ? 'FAIL' : struck ? 'ok  ' : 'none'} ${attackInWords(attack)}: ${ended}`);
    for (const one of wrong) console.log(`       ${one}`);
  }
  const rows = [...tries].map(([name, { tries: all, notStruck, failures }]) => [
    name,
    `${all}`,
    `${notStruck}`,
    `${failures}`,
  ]);
  console.log(
    `\n${markdownTable(['kind', 'tries', 'not struck', 'failures'], rows)}\nseed ${seed}`,
  );
  return [...tries.values()].every(({ failures }) => failures === 0);
});
