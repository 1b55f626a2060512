import { parseArgs } from 'node:util';
import { z } from 'zod';
import { plural } from '../results/format.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { attackInWords, chooseAttacks, tryAttack } from './failures/attack.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, loadSaved, runProgram, save } from './harness/program.ts';

/**
 * Whether a run survives what a machine does to it: signals to each of its processes, full disks, limits, closed
 * streams, a moved clock, at random moments of random stages. After each fault no process, temporary file or shared
 * memory may be left, `run.json` must be readable, and report and exit status must say what happened. Writes its part of
 * docs/trust.md when all faults of the default set are done.
 *
 *   npm run benchmark:failures -- [--faults 300] [--seed 1] [--kind 'SIGKILL to the runner'] [--fresh]
 *     [--seconds 100] [--together 3]
 *
 * Some seven seconds a fault. With `--seconds`, it ends after that time, and the next call goes on where it ended;
 * `--together` is how many runs go on at once. Root can also fill a disk, make a folder read-only, and limit processes and
 * ports; Debian's `faketime` moves the clock.
 */
const outcomeSchema = z.object({
  /** Which of the faults that the seed chooses. */
  index: z.int(),
  attack: z.string(),
  kind: z.string(),
  struck: z.boolean(),
  wrong: z.array(z.string()).readonly(),
  ended: z.string(),
});
type SavedOutcome = z.infer<typeof outcomeSchema>;

await runProgram(async () => {
  const options = {
    kind: { type: 'string' },
    faults: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '100000' },
    together: { type: 'string', default: '1' },
    ...freshFlag,
  } as const;
  const { values } = parseArgs({ options });
  const count = parseWholeNumber('--faults', values.faults, 1, 100_000);
  const seed = parseWholeNumber('--seed', values.seed, 0, 2 ** 32 - 1);
  const mostMs = 1000 * parseWholeNumber('--seconds', values.seconds, 1, 100_000);
  const together = parseWholeNumber('--together', values.together, 1, 100);
  const attacks = chooseAttacks(count, seed, values.kind);
  const name = `failures-${seed}${values.kind === undefined ? '' : `-${values.kind}`}`;
  const text = values.fresh ? null : await loadSaved(name);
  const outcomes = z.array(outcomeSchema).parse(JSON.parse(text ?? '[]'));
  const isDone = new Set(outcomes.map(({ index }) => index));
  const rest = [...attacks.entries()].filter(([index]) => !isDone.has(index)).values();
  const endMs = performance.now() + mostMs;
  const tryRest = async () => {
    for (const [index, attack] of rest) {
      const tried = await tryAttack(attack);
      const outcome = { index, attack: attackInWords(attack), kind: attack.kind.name, ...tried };
      outcomes.push(outcome);
      printOutcome(outcome);
      await save(name, outcomes);
      if (performance.now() > endMs) break;
    }
  };
  await Promise.all(Array.from({ length: together }, tryRest));
  const failures = outcomes.filter(({ wrong }) => wrong.length > 0).length;
  if (outcomes.length < attacks.length || values.kind !== undefined) {
    console.log(`${outcomes.length} of ${attacks.length} faults; ${plural(failures, 'failure')}`);
    return failures === 0;
  }
  const struck = outcomes.filter((outcome) => outcome.struck).length;
  await publishSection('Runs that something happens to', [
    `\`npm run benchmark:failures -- --faults ${count} --seed ${seed}\`: a short run of a random model, and a fault at a random moment of it. After each, no process, temporary file or shared memory may be left, \`run.json\` must be readable, and report and exit status must say what happened. A fault that came after the end of its run did not strike. **${plural(outcomes.length, 'fault')}, ${struck} struck, ${plural(failures, 'failure')}.**`,
    tableOf(outcomes),
  ]);
  return failures === 0;
});

function printOutcome({ attack, struck, wrong, ended }: SavedOutcome): void {
  console.log(`${wrong.length > 0 ? 'FAIL' : struck ? 'ok  ' : 'none'} ${attack}: ${ended}`);
  for (const one of wrong) console.log(`       ${one}`);
}

function tableOf(outcomes: readonly SavedOutcome[]): string {
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
  const rows = [...kinds].map(([kind, all]) => [
    kind,
    all.length,
    all.filter(({ struck }) => struck).length,
    all.filter(({ wrong }) => wrong.length > 0).length,
  ]);
  return markdownTable(
    ['fault', 'tries', 'struck', 'failures'],
    rows.map((row) => row.map(String)).toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  );
}
