import { type AssertableRun, readAssertion } from '../../results/assertions/read-assertion.ts';
import { TextError } from '../../results/assertions/text-reader.ts';
import { windowFor } from '../../results/verdicts/reading.ts';
import { UsageError } from '../errors.ts';
import type { WorkloadWithWindows } from './windows.ts';

/**
 * Checks the assertions of the command line against the run that they are about.
 *
 * @returns each once, on one line
 * @throws UsageError that points to the place of the mistake
 */
export function checkAssertions(texts: readonly string[], run: AssertableRun): string[] {
  const lines = [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()))];
  for (const line of lines) {
    try {
      readAssertion(line, run);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw new UsageError(`--assert: ${error.message}.\n${withPointer(line, error.at)}`);
    }
  }
  return lines;
}

/** @throws UsageError where --strict has nothing to judge */
export function requireSomeAssertion(assertions: readonly string[]): void {
  if (assertions.length > 0) return;
  throw new UsageError('--strict has nothing to judge: add --assert.');
}

/** The workloads of a plan with the windows that its assertions are about. Capacities rest on the load curve. */
export function withAssertedWindows<Workload extends AssertableRun['workloads'][number]>(
  workloads: readonly Workload[],
  assertions: readonly string[],
  servers: AssertableRun['servers'],
): (Workload & Pick<WorkloadWithWindows, 'assertedWindows'>)[] {
  const read = assertions.map((text) => readAssertion(text, { servers, workloads }));
  return workloads.map((workload) => ({
    ...workload,
    assertedWindows: read.flatMap((one) =>
      one.workload === workload.name && one.metric.kind !== 'capacity'
        ? [windowFor(one.metric)]
        : [],
    ),
  }));
}

/** Where a terminal is not wrapped. */
const lastColumn = 60;

/** The line, without its beginning where the place would be too far to the right, and a mark under the place. */
function withPointer(line: string, at: number): string {
  const cut = Math.max(0, at - lastColumn);
  const shown = cut > 0 ? `…${line.slice(cut + 1)}` : line;
  return `  ${shown}\n  ${' '.repeat(at - cut)}^`;
}
