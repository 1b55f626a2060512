import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { RunDocument } from '../results/document/run-document.ts';
import { runWarnings } from '../results/gates/gates.ts';
import { warningsOf } from '../results/select.ts';
import { findByName } from '../runner/plan/flag-values.ts';
import type { RunEvent } from '../runner/run/events.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram, savedPath } from './harness/program.ts';
import { type BenchmarkRun, loadRun, run } from './harness/run.ts';
import { cleanRuns, type Fault, faults } from './warnings/faults.ts';

/**
 * Whether faults that are injected into short runs raise a warning, and runs without a fault raise none.
 *
 *   npm run benchmark:warnings -- [--fresh] [fault …]
 *
 * Five minutes in all. A run that is saved is not repeated, unless it is named or `--fresh` is given. Writes its part
 * of docs/trust.md when every run is there.
 */

/** What a run was flagged with: codes of warnings that are more than notes, and failed trials. */
interface Outcome {
  readonly fault: Fault;
  readonly flagged: readonly string[];
  readonly messages: readonly string[];
  readonly isRight: boolean;
}

/** The short run that a fault is injected into. */
function runOf({ name, flags, change }: Fault): BenchmarkRun {
  const server = flags.exec ? { name: [name] } : {};
  return {
    name,
    flags: { blocks: '2', duration: '2s', seed: '1', ...server, ...flags },
    change: { controls: false, ...change },
  };
}

async function runWithFault(fault: Fault): Promise<RunDocument> {
  let disturbance: Promise<void> | undefined;
  const disturb = (event: RunEvent) => {
    if (event.type !== 'phase' || event.phase !== 'measuring' || !fault.midWindow) return;
    disturbance ??= delay(600).then(fault.midWindow);
    disturbance.catch(() => {}); // reported when the run is over
  };
  process.env['SINCE_MS'] = String(Date.now()); // for faults that grow during the run
  const end = fault.throughout?.();
  try {
    const document = await run(runOf(fault), disturb);
    await disturbance;
    return document;
  } catch (error) {
    await rm(savedPath(fault.name), { force: true }); // a run without its fault proves nothing
    throw error;
  } finally {
    end?.();
  }
}

function outcomeOf(fault: Fault, document: RunDocument): Outcome {
  const { trials } = document;
  const all = [...trials.flatMap(warningsOf), ...runWarnings(document)];
  const warnings = all.filter(({ severity }) => severity !== 'note');
  const failures = trials.flatMap((trial) => (trial.status === 'ok' ? [] : [trial.reason]));
  const codes = [...warnings.map(({ code }) => code), ...failures.map(() => 'failed')];
  const noticed = fault.expected.some((code) => codes.includes(code));
  return {
    fault,
    flagged: [...new Set(codes)],
    messages: [...warnings.map(({ code, message }) => `${code}: ${message}`), ...failures],
    isRight: fault.expected.length > 0 ? noticed : codes.length === 0,
  };
}

await runProgram(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: freshFlag });
  const all = [...faults, ...cleanRuns];
  const named = positionals.map((name) => findByName('fault', all, name));
  const again = values.fresh || named.length > 0;
  const outcomes: Outcome[] = [];
  for (const fault of all) {
    const isChosen = named.length === 0 || named.includes(fault);
    const saved = isChosen && again ? null : await loadRun(runOf(fault));
    const document = saved ?? (isChosen ? await runWithFault(fault) : null);
    if (!document) continue;
    const outcome = outcomeOf(fault, document);
    const { isRight, flagged, messages } = outcome;
    outcomes.push(outcome);
    console.log(
      `${isRight ? 'ok  ' : 'FAIL'} ${fault.name}: ${flagged.join(', ') || 'no warning'}`,
    );
    for (const message of isRight ? [] : messages) console.log(`       ${message}`);
  }
  if (outcomes.length === all.length) await publish(outcomes);
  return outcomes.every(({ isRight }) => isRight);
});

async function publish(outcomes: readonly Outcome[]): Promise<void> {
  const clean = outcomes.filter(({ fault }) => fault.expected.length === 0);
  const faulty = outcomes.filter((outcome) => !clean.includes(outcome));
  const right = (part: readonly Outcome[]) =>
    `${part.filter(({ isRight }) => isRight).length} of ${part.length}`;
  const raised = ({ flagged }: Outcome) => flagged.join(', ') || 'none';
  await publishSection('Faults injected into a run', [
    `\`npm run benchmark:warnings\`: each fault is present during a short run, which must raise one of the expected warnings. **${right(faulty)} noticed.**`,
    markdownTable(
      ['fault', 'what was done', 'expected', 'raised', ''],
      faulty.map((outcome) => {
        const { name, what, expected } = outcome.fault;
        const missed = outcome.isRight ? '' : '**missed**';
        return [name, what, expected.join(' or '), raised(outcome), missed];
      }),
    ),
  ]);
  await publishSection('Runs without a fault', [
    `The same program: no run may raise more than notes. **${right(clean)} raised none.**`,
    markdownTable(
      ['run', 'raised'],
      clean.map((outcome) => [outcome.fault.what, raised(outcome)]),
    ),
  ]);
}
