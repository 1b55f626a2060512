import type { PlannedWorkload, RunDocument, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';

/** A fixed computation that takes this much longer or shorter means another speed of the machine. */
const largestSpeedDifference = 0.05;

/** Why the same workload of two runs is not the same work; null when it is. */
export function whyOtherWork(
  base: RunDocument,
  next: RunDocument,
  workload: string,
): string | null {
  const [before, after] = [base, next].map(({ plan }) =>
    plan.workloads.find(({ name }) => name === workload),
  );
  if (!before || !after) return `it is only in the ${before ? 'base' : 'new'} run`;
  if (base.plan.fairness !== next.plan.fairness) {
    return `requests were made alike by ${base.plan.fairness} in the base run, by ${next.plan.fairness} in the new one`;
  }
  if (workOf(before) !== workOf(after)) return 'the workload has other parameters in the two runs';
  const [was, is] = [base.plan.connections, next.plan.connections];
  return was === is ? null : `${was} connections were used in the base run, ${is} in the new one`;
}

const workOf = ({ parameters, classes }: PlannedWorkload) =>
  JSON.stringify([Object.entries(parameters).map(String).toSorted(), classes]);

/** What differs between two runs beside what they measured. */
export function otherConditions(base: RunDocument, next: RunDocument): Warning[] {
  return [...otherMachine(base, next), ...otherSoftware(base, next), ...otherSpeed(base, next)];
}

function otherMachine(base: RunDocument, next: RunDocument): Warning[] {
  const machine = ({ environment, plan }: RunDocument) => ({
    CPU: environment.cpuModel,
    'CPUs available': environment.cpusAvailable,
    architecture: environment.architecture,
    'CPU layout': plan.cpuLayout.mode,
    'load generator': precedence(environment.realTimeGenerator),
  });
  const differences = differencesBetween(machine(base), machine(next));
  if (differences.length === 0) return [];
  return [
    {
      code: 'other-machine',
      severity: 'warn',
      message: `the runs were not made on the same machine: ${differences.join('; ')}`,
      advice: 'compare runs of one machine',
    },
  ];
}

/** It changes tails by a fifth and more on shared cores. */
const precedence = (isRealTime: boolean | null): string =>
  isRealTime === null ? 'unknown precedence' : isRealTime ? 'before the servers' : 'as any program';

function otherSoftware(base: RunDocument, next: RunDocument): Warning[] {
  const software = ({ environment, plan }: RunDocument) => ({
    kernel: environment.kernel,
    'Node.js': environment.nodeVersion,
    'the bench': environment.benchVersion,
    ...Object.fromEntries(plan.servers.map(({ name, version }) => [name, version])),
    ...Object.fromEntries(
      plan.servers.flatMap(({ name, workers }) =>
        workers === null ? [] : [[`workers of ${name}`, workers]],
      ),
    ),
    'warm-up (s)': plan.warmupSeconds,
  });
  const differences = differencesBetween(software(base), software(next));
  if (differences.length === 0) return [];
  return [
    {
      code: 'other-conditions',
      severity: 'note',
      message: `the runs also differ in ${differences.join('; ')}`,
      advice: 'if that is not what you changed on purpose, run both alike',
    },
  ];
}

type Facts = Readonly<Record<string, string | number>>;

function differencesBetween(base: Facts, next: Facts): string[] {
  return Object.entries(base).flatMap(([name, was]) => {
    const is = next[name];
    return is === undefined || is === was ? [] : [`${name}: ${was}, now ${is}`];
  });
}

function otherSpeed(base: RunDocument, next: RunDocument): Warning[] {
  const [was, is] = [base, next].map(medianSpinMs);
  if (!was || !is || Math.abs(is / was - 1) <= largestSpeedDifference) return [];
  const slower = is > was;
  return [
    {
      code: 'other-speed',
      severity: 'warn',
      message: `a fixed computation took ${percent(Math.abs(is / was - 1))} ${slower ? 'longer' : 'less time'} in the new run: the machine itself was ${slower ? 'slower' : 'faster'}`,
      advice: 'run both again, one soon after the other, on a quiet machine',
    },
  ];
}

function medianSpinMs({ noiseProbes }: RunDocument): number | undefined {
  const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs).toSorted((a, b) => a - b);
  return spins[Math.floor(spins.length / 2)];
}
