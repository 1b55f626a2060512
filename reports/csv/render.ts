import type {
  Distribution,
  Measurement,
  PlannedWorkload,
  RunDocument,
  Trial,
  Warning,
} from '../../results/document/run-document.ts';
import type { Fidelity } from '../../results/fidelity/fidelity.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import { shownPercentile } from '../../results/percentile.ts';
import { predictionErrors } from '../../results/prediction-errors.ts';
import { isUsable, type Requests } from '../../results/select.ts';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { slowdownsOf } from '../../results/verdicts/slowdown.ts';
import { bottleneckClause } from '../findings/bottleneck-sentence.ts';
import { capacityTable } from '../findings/capacity-table.ts';

const columns = [
  'block',
  'position',
  'purpose',
  'server',
  'workload',
  'status',
  'usable',
  'loop',
  'rate',
  'offered_per_second',
  'class',
  'quantity',
  'unit',
  'value',
  'reason',
  'connections',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number | boolean | null>>;

/**
 * A run in long form (RFC 4180), one number per row. The reason says why a row is not usable: why the trial ended early,
 * or the codes of the warnings that void it. What rests on all blocks comes last: what each server handles, the slowdown
 * of the first class of requests by the others, and the fidelity of models to references.
 */
export function renderCsv(document: RunDocument): string {
  const rows = [
    ...document.trials.flatMap(trialRows),
    ...document.plan.workloads.flatMap((workload) => loadRows(document, workload)),
    ...slowdownRows(document),
    ...fidelityRows(document),
  ];
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function trialRows(trial: Trial): Row[] {
  const { block, position, purpose, server, workload, status } = trial;
  const reason = trial.status === 'ok' ? voidedBy(trial) : trial.reason;
  const base = {
    purpose,
    server,
    workload,
    status,
    reason,
    block: block + 1,
    position: position + 1,
  };
  const windows = [...trial.measurements, ...trial.sweep, ...trial.curve];
  if (windows.length === 0) return trial.status === 'ok' ? [] : [{ ...base, usable: false }];
  return windows.flatMap((measurement) => {
    const { loop, rate, offeredPerSecond, connections } = measurement;
    return measurementRows(measurement).map((row) => ({
      ...base,
      reason: reason || voidedBy(measurement),
      usable: isUsable(trial, measurement),
      loop,
      rate,
      offered_per_second: offeredPerSecond,
      connections,
      ...row,
    }));
  });
}

const voidedBy = ({ warnings }: { readonly warnings: readonly Warning[] }): string =>
  warnings
    .filter(({ severity }) => severity === 'void')
    .map(({ code }) => code)
    .join(' ');

type Quantity = readonly [name: string, unit: string, value: number | null];

function measurementRows(measurement: Measurement): Row[] {
  const { server, client, classes, sendLag } = measurement;
  const all: Quantity[] = [
    ...requestQuantities(measurement),
    ['server_cpu', 's', server.cpuSeconds],
    ['server_run_queue_delay', 's', server.runQueueDelaySeconds],
    ['server_memory', 'bytes', server.pssBytes],
    ['client_cpu', 's', client.cpuSeconds],
    ['send_lag_p99', 'ms', sendLag?.p99Ms ?? null],
  ];
  const rows = (className: string, quantities: readonly Quantity[]): Row[] =>
    quantities.map(([quantity, unit, value]) => ({ class: className, quantity, unit, value }));
  const apart = classes.length > 1 ? classes : [];
  return [...rows('all', all), ...apart.flatMap((one) => rows(one.name, requestQuantities(one)))];
}

const requestQuantities = (of: Requests): Quantity[] => [
  ['throughput', 'requests/s', of.throughputPerSecond],
  ...Object.entries(of.requests).map(
    ([name, count]): Quantity => [`requests_${name}`, 'requests', count],
  ),
  ...times('service_time', of.serviceTime),
  ...times('response_time', of.responseTime),
];

function times(kind: string, of: Distribution | null): Quantity[] {
  if (!of) return [];
  const percentiles = (['p50', 'p90', 'p95', 'p99', 'p999'] as const).flatMap((name) => {
    const value = shownPercentile(of, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return [['mean', of.meanMs] as const, ...percentiles, ['max', of.maxMs] as const].map(
    ([name, value]) => [`${kind}_${name}`, 'ms', value],
  );
}

/** Null is an empty field: a percentile that falls on unanswered requests, or what the platform does not report. */
function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Where each server saturates, how much it serves within each objective, and what it uses while idle. */
function loadRows(document: RunDocument, workload: PlannedWorkload): Row[] {
  const table = capacityTable(document, workload);
  if (!table) return [];
  const errors = predictionErrors(document, table.curves).map(
    ({ server, of, error, failedAssumption }): Row => ({
      server,
      workload: workload.name,
      quantity: `prediction_error_${of === 'capacity' ? 'saturation' : 'response_time_mean'}`,
      offered_per_second: of === 'capacity' ? null : of.offeredPerSecond,
      unit: 'share',
      value: error,
      reason: failedAssumption,
    }),
  );
  const limits = table.rows.flatMap(({ server, curve, bottleneck, cost }) => {
    const base = { server: server.name, workload: workload.name };
    const { idle } = cost;
    return [
      ...limitRows({ ...base, quantity: 'saturation' }, curve.saturation),
      ...curve.objectives.flatMap(({ objective, capacity }) => {
        const { class: className, percentile, belowMs } = objective;
        const quantity = `capacity_${percentile}_below_${belowMs}ms`;
        return limitRows({ ...base, class: className ?? 'all', quantity }, capacity);
      }),
      { ...base, quantity: 'bottleneck', reason: bottleneckClause(bottleneck) },
      ...(idle
        ? [
            { ...base, quantity: 'idle_cpu', unit: 'cores', value: idle.coresBusy },
            { ...base, quantity: 'idle_memory', unit: 'bytes', value: idle.memoryBytes },
          ]
        : []),
    ];
  });
  return [...limits, ...errors];
}

/** A row for the limit and each end of its interval; one that was not reached says so in its name. */
function limitRows(base: Row, limit: LoadLimit): Row[] {
  if (limit.kind === 'unknown') return [{ ...base, usable: false, reason: limit.reason }];
  const ends =
    limit.kind === 'measured'
      ? { '': limit.perSecond, _low: limit.interval?.low, _high: limit.interval?.high }
      : { [limit.kind === 'at-least' ? '_at_least' : '_less_than']: limit.perSecond };
  return Object.entries(ends).flatMap(([end, value]) =>
    value === undefined
      ? []
      : [{ ...base, quantity: `${base.quantity}${end}`, unit: 'requests/s', value }],
  );
}

/** A row for each slowdown and each end of its interval. */
const slowdownRows = (document: RunDocument): Row[] =>
  rankWorkloads(document).flatMap((ranking) => {
    const found = slowdownsOf(ranking);
    if (!found) return [];
    return found.servers.flatMap(({ server, ratio, low, high }) =>
      Object.entries({ '': ratio, _low: low, _high: high }).map(([end, value]) => ({
        server: server.name,
        workload: ranking.workload.name,
        class: found.className,
        quantity: `slowdown_${found.percentile}${end}`,
        unit: 'ratio',
        value: Number.isFinite(value) ? value : null,
      })),
    );
  });

/** A row for each score and each end of its interval: of a pair, of a pair under a workload, and of each component. */
function fidelityRows(document: RunDocument): Row[] {
  return modelFidelities(document).flatMap(({ model, reference, fidelity, workloads }) => {
    const rowsOf = (of: Fidelity | null, workload: string, measure: string): Row[] =>
      Object.entries({
        '': of?.score,
        _low: of?.interval?.low,
        _high: of?.interval?.high,
      }).flatMap(([end, value]) => {
        const quantity = `fidelity_to_${reference.name}${measure}${end}`;
        return value === undefined
          ? []
          : [{ server: model.name, workload, quantity, unit: 'share', value }];
      });
    return [
      ...rowsOf(fidelity, '', ''),
      ...workloads.flatMap(({ workload, components, ...one }) => [
        ...rowsOf(one.fidelity, workload, ''),
        ...components.flatMap(({ kind, ...of }) => rowsOf(of.fidelity, workload, `_${kind}`)),
      ]),
    ];
  });
}
