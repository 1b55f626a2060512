import type { PlannedWorkload, RunDocument, ServerOn, Warning } from '../document/run-document.ts';
import { formatNumber, percent, plural } from '../format.ts';
import { trialsOf, type WindowName, windowNameOf } from '../select.ts';
import { medianOf } from '../statistics/summary.ts';

/** If a fixed computation takes this much longer or shorter, the machine has another speed. */
const largestSpeedDifference = 0.05;

/** A clause that completes a reason why figures were not compared. */
export const howToMakeAlike = 'make the new run with bench run --like base.json';

/** Why a workload is not the same work in two runs; null when it is. */
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
    return `the base run used --fairness ${base.plan.fairness}, the new one ${next.plan.fairness}`;
  }
  if (workOf(before) !== workOf(after)) return 'the workload has other parameters in the two runs';
  const [was, is] = [base.plan.connections, next.plan.connections];
  return was === is
    ? null
    : `the base run used ${was} connections, the new one ${is}; ${howToMakeAlike}`;
}

const workOf = ({ parameters, classes }: PlannedWorkload) =>
  JSON.stringify([Object.entries(parameters).map(String).toSorted(), classes]);

/** Differences between two runs that may explain differences between their numbers. */
export function otherConditions(base: RunDocument, next: RunDocument): Warning[] {
  const machine = differences(machineOf(base), machineOf(next));
  const software = differences(softwareOf(base), softwareOf(next));
  return [
    ...warning(
      machine,
      'other-machine',
      'warn',
      'the runs were made on different machines: ',
      'compare runs of one machine',
    ),
    ...warning(
      software,
      'other-conditions',
      'note',
      'the runs also differ in ',
      'unless that is what you changed on purpose, run both alike',
    ),
    ...otherWindows(base, next),
    ...otherSpeed(base, next),
  ];
}

type Facts = Readonly<Record<string, string | number>>;

const machineOf = ({ environment, plan, trials }: RunDocument): Facts => ({
  CPU: environment.cpuModel,
  'CPUs available': environment.cpusAvailable,
  architecture: environment.architecture,
  'CPU layout': plan.cpuLayout.mode,
  servers: placeOf(plan.serverOn),
  'load from': sourceOf(trials),
  'load generator priority': priorityOf(environment.realTimeGenerator),
});

const placeOf = (serverOn: ServerOn | undefined): string => {
  if (!serverOn) return 'beside the load generator';
  return serverOn.sharesCpus ? 'in another network on the same CPUs' : 'on another machine';
};

const sourceOf = (trials: RunDocument['trials']): string => {
  const windows = trials.flatMap(({ measurements }) => measurements);
  const workers = Math.max(0, ...windows.map(({ loadWorkers }) => loadWorkers.length));
  return workers === 0 ? 'one machine' : plural(workers, 'load worker');
};

/** The priority changes tail times by a fifth and more on shared cores. */
const priorityOf = (isRealTime: boolean | null): string =>
  isRealTime === null ? 'unknown' : isRealTime ? 'above the servers' : 'normal';

const softwareOf = ({ environment, plan }: RunDocument): Facts => ({
  kernel: environment.kernel,
  'Node.js': environment.nodeVersion,
  'concurrency-bench': environment.benchVersion,
  ...Object.fromEntries(plan.servers.map(({ name, version }) => [name, version])),
  ...Object.fromEntries(
    plan.servers.flatMap(({ name, workers }) =>
      workers === null ? [] : [[`workers of ${name}`, workers]],
    ),
  ),
  'warm-up (s)': plan.warmupSeconds,
});

function differences(base: Facts, next: Facts): string[] {
  return Object.entries(base).flatMap(([name, was]) => {
    const is = next[name];
    return is === undefined || is === was ? [] : [`${name}: ${was}, now ${is}`];
  });
}

const warning = (
  found: readonly string[],
  code: string,
  severity: Warning['severity'],
  message: string,
  advice: string,
): Warning[] =>
  found.length === 0 ? [] : [{ code, severity, message: `${message}${found.join('; ')}`, advice }];

/** Windows differ if one is longer by more than this share: starting and stopping the load takes a little time. */
const sameLength = 0.1;

const windowsInWords: Readonly<Record<WindowName, string>> = {
  closed: 'closed loop',
  shared: 'open loop',
  alone: 'open loop with one class alone',
  proportional: 'open loop in proportion to the capacity',
};

function otherWindows(base: RunDocument, next: RunDocument): Warning[] {
  const after = windowsOf(next);
  const found = [...windowsOf(base)].flatMap(([name, was]) => {
    const is = after.get(name);
    return is === undefined || Math.abs(is / was - 1) <= sameLength
      ? []
      : [`${name}: ${formatNumber(was)} s, now ${formatNumber(is)} s`];
  });
  return warning(
    found,
    'other-windows',
    'warn',
    'response times and throughput depend on how long a server was loaded, and windows have other lengths: ',
    howToMakeAlike,
  );
}

/** The median length of each kind of window, in seconds: "open loop on mixed". */
function windowsOf(document: RunDocument): Map<string, number> {
  const windows = trialsOf(document).flatMap(({ workload, measurements }) =>
    measurements.map((measurement) => ({
      name: `${windowsInWords[windowNameOf(measurement)]} on ${workload}`,
      seconds: measurement.windowSeconds,
    })),
  );
  return new Map(
    [...Map.groupBy(windows, ({ name }) => name)].map(([name, some]) => [
      name,
      medianOf(some.map(({ seconds }) => seconds)),
    ]),
  );
}

function otherSpeed(base: RunDocument, next: RunDocument): Warning[] {
  const [was, is] = [base, next].map(({ noiseProbes }) =>
    medianOf(noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs)),
  );
  if (!was || !is || Math.abs(is / was - 1) <= largestSpeedDifference) return [];
  const [took, speed] = is > was ? ['longer', 'slower'] : ['less time', 'faster'];
  return [
    {
      code: 'other-speed',
      severity: 'warn',
      message: `a fixed computation took ${percent(Math.abs(is / was - 1))} ${took} in the new run: the machine itself was ${speed}`,
      advice: 'run both again, one soon after the other, on a quiet machine',
    },
  ];
}
