import { styleText } from 'node:util';
import { percent } from '../../results/format.ts';
import {
  type CalibrationOutcome,
  calibrate as checkLoadGenerators,
} from '../calibration/calibrate.ts';
import { loadTools } from '../calibration/cases/capacity.ts';
import { type Check, isWithin } from '../calibration/check.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { withInterrupts } from '../interrupts.ts';

/** From this share of CPU time on, other programs may explain a deviation. */
const disturbingShare = 0.1;

/** `bench calibrate`: checks the load generators on servers with known response times. */
export async function calibrate(): Promise<void> {
  const outcomes: CalibrationOutcome[] = [];
  await withInterrupts(async (signal) => {
    try {
      for await (const outcome of checkLoadGenerators(signal)) {
        outcomes.push(outcome);
        process.stdout.write(`${describeOutcome(outcome)}\n\n`);
      }
    } catch (error) {
      throw signal.aborted ? new InterruptedError('the calibration was interrupted') : error;
    }
  });
  process.stdout.write(`${conclude(outcomes)}\n`);
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
