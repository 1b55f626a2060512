import { parseArgs } from 'node:util';
import { faults } from './faults/all.ts';
import { cleanRuns } from './faults/clean-runs.ts';
import { watchRun } from './faults/watch-run.ts';
import { loadOutcomes, type WatchedRun } from './kept.ts';
import { cleanRunsPart, faultsPart, wasSeen } from './page.ts';
import { tellErrorsPlainly } from './plain-errors.ts';
import { publish } from './publish.ts';

/**
 * Whether ten faults put into short runs are flagged, and ten runs without any are not.
 *
 *   npm run benchmark:faults -- [--fresh] [name …]
 *
 * Five minutes in all. Outcomes are kept, and what was tried is not tried again, whatever came of it, unless it is
 * named or `--fresh` is given.
 */
tellErrorsPlainly();
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { fresh: { type: 'boolean', default: false } },
});

const isGood = (run: WatchedRun) =>
  run.expected.length > 0 ? wasSeen(run) : run.flagged.length === 0;

const outcomes = await loadOutcomes();
if (flags.fresh) Object.assign(outcomes, { faults: [], cleanRuns: [] });

const parts = [
  { part: 'faults', all: faults },
  { part: 'cleanRuns', all: cleanRuns },
] as const;
const known = parts.flatMap(({ all }) => all.map(({ name }) => name));
const unknown = positionals.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`there is no "${unknown}"; there are ${known.join(', ')}`);
  process.exit(2);
}

for (const { part, all } of parts) {
  for (const fault of all) {
    const before = outcomes[part].find(({ name }) => name === fault.name);
    if (positionals.length > 0 ? !positionals.includes(fault.name) : before) {
      continue;
    }
    const run = await watchRun(fault);
    console.log(
      `${isGood(run) ? 'ok  ' : 'FAIL'} ${run.name}: ${run.flagged.join(', ') || 'nothing'}`,
    );
    for (const message of isGood(run) ? [] : run.messages) console.log(`       ${message}`);
    const byName = new Map([...outcomes[part], run].map((one) => [one.name, one]));
    outcomes[part] = all.flatMap(({ name }) => byName.get(name) ?? []);
    await publish(outcomes);
  }
}
console.log([...faultsPart(outcomes.faults), ...cleanRunsPart(outcomes.cleanRuns)].join('\n\n'));
process.exitCode = [...outcomes.faults, ...outcomes.cleanRuns].every(isGood) ? 0 : 1;
