import { styleText } from 'node:util';
import { percent } from '../../results/format.ts';
import {
  allCases,
  type CalibrationOutcome,
  casesOfLoadWorkers,
  calibrate as checkLoadGenerators,
} from '../calibration/calibrate.ts';
import { loadTools } from '../calibration/cases/capacity.ts';
import { type Check, isWithin } from '../calibration/check.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { withInterrupts } from '../interrupts.ts';
import { type RunGenerator, WarmGenerator } from '../load/warm-generator.ts';
import { LoadWorkers, type LoadWorkersPlan } from '../load/workers/load-workers.ts';
import { loadWorkerFlagsSchema, planLoadWorkers } from '../plan/load-workers.ts';
import { chooseServerAddress } from '../plan/server-side.ts';
import { waitingForLoadWorkers } from '../progress/wording.ts';

/** From this share of CPU time on, other programs may explain a deviation. */
const disturbingShare = 0.1;

/** `bench calibrate`: checks the load generators, here or of load workers, on servers with known response times. */
export async function calibrate(rawFlags: unknown): Promise<void> {
  const flags = loadWorkerFlagsSchema.parse(rawFlags);
  const plan = planLoadWorkers(flags);
  const host = chooseServerAddress(flags.serverAddress, null);
  const outcomes: CalibrationOutcome[] = [];
  await withInterrupts(async (signal) => {
    let generator: RunGenerator | undefined;
    const abort = () => void generator?.stop();
    signal.addEventListener('abort', abort);
    try {
      generator = await generatorOf(plan, signal);
      const cases = plan ? casesOfLoadWorkers : allCases;
      for await (const outcome of checkLoadGenerators({ generator, host }, cases, signal)) {
        outcomes.push(outcome);
        process.stdout.write(`${describeOutcome(outcome)}\n\n`);
      }
    } catch (error) {
      throw signal.aborted ? new InterruptedError('the calibration was interrupted') : error;
    } finally {
      signal.removeEventListener('abort', abort);
      await generator?.stop();
    }
  });
  process.stdout.write(`${conclude(outcomes)}\n`);
}

function generatorOf(plan: LoadWorkersPlan | null, signal: AbortSignal) {
  if (!plan) return new WarmGenerator({});
  process.stderr.write(`${waitingForLoadWorkers(plan)}\n`);
  return LoadWorkers.open(plan, { signal, onJoined: () => {} });
}

/**
 * The last line of a calibration.
 * @throws RunError when a value is out of tolerance
 */
export function conclude(outcomes: readonly CalibrationOutcome[]): string {
  const checks = outcomes.flatMap((outcome) => outcome.checks);
  const deviating = checks.filter((check) => !isWithin(check)).length;
  if (deviating === 0) return `All ${checks.length} values are within tolerance.`;
  const advice = outcomes.some(wasDisturbed)
    ? 'end other programs, then calibrate again'
    : 'do not trust numbers from this machine';
  throw new RunError(`${deviating} of ${checks.length} values out of tolerance: ${advice}`);
}

const wasDisturbed = ({ othersCpuShare }: CalibrationOutcome): boolean =>
  othersCpuShare !== null && othersCpuShare >= disturbingShare;

/** One case as a table of at most 80 columns. */
export function describeOutcome(outcome: CalibrationOutcome): string {
  const title = styleText('bold', outcome.case);
  if (outcome.checks.length === 0) {
    const names = loadTools.map(({ name }) => name).join(', ');
    return `${title}\n  skipped: no other load tool is installed (${names})`;
  }
  const note = wasDisturbed(outcome)
    ? `\n  other programs used ${percent(outcome.othersCpuShare ?? 0)} of the CPU time meanwhile`
    : '';
  const rows = [
    ['', 'quantity', 'expected', 'measured', 'tolerance', ''],
    ...outcome.checks.map(cellsOf),
  ];
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) =>
      column < 2 ? cell.padEnd(widthOf(column)) : cell.padStart(widthOf(column)),
    );
    return ['', ...cells].join('  ').trimEnd();
  });
  return [title + note, ...lines].join('\n');
}

function cellsOf(check: Check): string[] {
  const { generator, quantity, expected, measured, tolerance } = check;
  return [
    generator,
    quantity,
    valueOf(expected, check),
    measured === null ? 'none' : valueOf(measured, check),
    tolerance === 0 ? 'exact' : `± ${valueOf(tolerance, check)}`,
    isWithin(check) ? styleText('green', '✓') : styleText('red', '✗'),
  ];
}

/** "640 req/s", "180.2 ms", "0.27 ms", "1,234" */
function valueOf(value: number, { unit }: Check): string {
  const maximumFractionDigits = unit !== 'ms' ? 0 : value < 10 ? 2 : 1;
  const number = value.toLocaleString('en-US', { maximumFractionDigits });
  return unit === 'count' ? number : `${number} ${unit}`;
}
