import type {
  Measurement,
  PlannedWorkload,
  RunDocument,
  Trial,
} from '../../results/document/run-document.ts';
import { loadCurvesOf } from '../../results/load-curve/load-curve.ts';
import { shownPercentile } from '../../results/percentile.ts';
import { classOf, cpuMsPerRequest, trialsOf, usableWindow } from '../../results/select.ts';
import { capitalised } from '../findings/words.ts';

/**
 * A run in Go's benchmark format (golang.org/design/14313-benchmark-format), one sample per usable trial, and one per
 * capacity under an objective: `benchstat -col /server` compares servers, `benchstat old.txt new.txt` compares runs.
 */
export function renderBenchstat(document: RunDocument): string {
  const { environment, plan } = document;
  const lines = plan.workloads.flatMap((workload) => [
    ...workload.servers.flatMap((server) => {
      const benchmark = `Benchmark${capitalised(word(workload.name))}`;
      const classNames =
        workload.classes.length > 1 ? workload.classes.map(({ name }) => name) : [null];
      return trialsOf(document, { server, workload: workload.name }).flatMap((trial) => [
        ...capacityLine(`${benchmark}/server=${word(server)}`, trial),
        ...classNames.flatMap((name) =>
          responseLine(
            `${benchmark}${name === null ? '' : `/class=${word(name)}`}/server=${word(server)}`,
            trial,
            name,
          ),
        ),
      ]);
    }),
    ...objectiveLines(document, workload),
  ]);
  return `${[
    `goos: ${environment.kernel.split(/\s/)[0]?.toLowerCase()}`,
    `goarch: ${word(environment.architecture)}`,
    'pkg: concurrency-bench',
    `cpu: ${environment.cpuModel.replace(/\s+/g, ' ')}`,
    'Unit req/s better=higher',
    ...lines,
  ].join('\n')}\n`;
}

function capacityLine(name: string, trial: Trial): string[] {
  const closed = usableWindow(trial, 'closed');
  if (!closed) return [];
  return line(name, closed.requests.ok, [
    [closed.throughputPerSecond, 'req/s'],
    [inNanoseconds(cpuMsPerRequest(closed)), 'cpu-ns/op'],
  ]);
}

function responseLine(name: string, trial: Trial, className: string | null): string[] {
  const open: Measurement | null = usableWindow(trial, 'shared');
  const times = open && classOf(open, className)?.responseTime;
  if (!times) return [];
  return line(name, times.count, [
    [inNanoseconds(shownPercentile(times, 'p50') ?? null), 'response-p50-ns'],
    [inNanoseconds(shownPercentile(times, 'p99') ?? null), 'response-p99-ns'],
  ]);
}

/** How much each server serves within each objective: a single sample, since it rests on all trials together. */
function objectiveLines(document: RunDocument, workload: PlannedWorkload): string[] {
  if (workload.objectives.length === 0) return [];
  return loadCurvesOf(document, workload).servers.flatMap(({ server, objectives }) =>
    objectives.flatMap(({ objective: { class: className, percentile, belowMs }, capacity }) => {
      const kept = `objective=${className === null ? '' : `${word(className)}_`}${percentile}<${belowMs}ms`;
      const name = `Benchmark${capitalised(word(workload.name))}/server=${word(server)}/${kept}`;
      return capacity.kind === 'measured' ? line(name, 1, [[capacity.perSecond, 'req/s']]) : [];
    }),
  );
}

function line(
  name: string,
  requests: number,
  values: readonly (readonly [number | null, string])[],
): string[] {
  const known = values.flatMap(([amount, unit]) =>
    amount === null ? [] : [`${Number(amount.toPrecision(8))} ${unit}`],
  );
  return known.length > 0 ? [[name, requests, ...known].join('\t')] : [];
}

const inNanoseconds = (ms: number | null) => (ms === null ? null : ms * 1e6);

/** White space ends a field of the format, and a slash ends a part of a name. */
const word = (text: string): string => text.replace(/[\s/]+/g, '_') || '_';
