import { styleText } from 'node:util';
import Table from 'cli-table3';
import {
  type CalibrationOutcome,
  calibrate as calibrateGenerators,
} from '../calibration/calibrate.ts';
import type { CalibrationRow } from '../calibration/row.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { withInterrupts } from '../interrupts.ts';

/** Above this, others' work on the machine explains readings as well as an instrument's fault does. */
const quietShare = 0.1;

/** `bench calibrate`: tries the load generators on servers whose response times are known beforehand. */
export async function calibrate(): Promise<void> {
  const outcomes: CalibrationOutcome[] = [];
  await withInterrupts(async (signal) => {
    try {
      for await (const outcome of calibrateGenerators({ signal })) {
        outcomes.push(outcome);
        process.stdout.write(`${describeCase(outcome)}\n`);
      }
    } catch (error) {
      throw signal.aborted ? new InterruptedError('the calibration was interrupted') : error;
    }
  });
  const rows = outcomes.flatMap((outcome) => outcome.rows);
  const outside = rows.filter(({ within }) => !within);
  if (outside.length > 0) {
    throw new RunError(
      `${outside.length} of ${rows.length} readings are out of tolerance: do not trust numbers from this machine as it is now.`,
    );
  }
  process.stdout.write(`All ${rows.length} readings are within tolerance.\n`);
}

function describeCase({ case: name, rows, othersCpuShare }: CalibrationOutcome): string {
  const table = new Table({
    head: ['', 'quantity', 'truth', 'reading', 'tolerance', ''],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  table.push(
    ...rows.map((row) => [
      row.instrument,
      row.quantity,
      quantity(row.truth, row),
      row.reading === null ? 'none' : quantity(row.reading, row),
      `± ${quantity(row.tolerance, row)}`,
      row.within ? styleText('green', '✓') : styleText('red', '✗ out of tolerance'),
    ]),
  );
  const noise =
    othersCpuShare !== null && othersCpuShare > quietShare
      ? ` (others used ${Math.round(100 * othersCpuShare)} % of the machine meanwhile)`
      : '';
  return `${styleText('bold', name)}${noise}\n${table.toString()}\n`;
}

function quantity(value: number, { unit }: CalibrationRow): string {
  const digits = unit === 'ms' ? 3 : 0;
  return `${value.toFixed(value >= 100 ? Math.min(1, digits) : digits)}${unit === '/s' ? '/s' : ` ${unit}`}`;
}
