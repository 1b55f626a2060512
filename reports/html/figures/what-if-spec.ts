import { demandOf } from '../../../results/statistics/queueing/demand.ts';
import { concurrencyModels } from '../../../results/statistics/queueing/models.ts';
import type { LinesSpec, SeriesStyle } from '../../drawing/chart-spec.ts';

/** What a reader may change. */
export interface Question {
  readonly perSecond: number;
  readonly waitMs: number;
  readonly cpuMs: number;
  /** Of each server that has several; null is each server's own number. */
  readonly workers: number | null;
}

/** What was measured under a workload, and what predictions need: one class of requests, all of which cost the same. */
export interface WhatIf {
  readonly cores: number;
  readonly measured: Question;
  /** The loads that the chart reaches from and to. */
  readonly range: { readonly least: number; readonly most: number };
  readonly servers: readonly {
    readonly name: string;
    readonly style: SeriesStyle;
    /** The name of its queueing model. */
    readonly model: string;
    readonly workers: number;
    readonly cpuMs: number;
    /** Mean response time by offered load. */
    readonly means: readonly { readonly x: number; readonly y: number }[];
  }[];
}

/** The predicted mean response time in ms at a load, and the capacity in requests/s; the time is null beyond it. */
export function predictedAt(
  { cores, measured }: WhatIf,
  server: WhatIf['servers'][number],
  { perSecond, waitMs, cpuMs, workers }: Question,
): { readonly ms: number | null; readonly capacity: number } {
  const model = concurrencyModels()[server.model];
  // Servers keep their proportions: a request costs more CPU time on one than on another.
  const cpuSeconds = (server.cpuMs * cpuMs) / measured.cpuMs / 1000;
  const demand = demandOf([{ weight: 1, cpuSeconds, waitSeconds: waitMs / 1000 }]);
  // One thread stays one thread.
  const chosen = server.workers === 1 ? null : workers;
  const means = { cores, workers: chosen ?? server.workers };
  const seconds = model?.meanResponseSeconds(demand, means, perSecond) ?? null;
  return {
    ms: seconds === null ? null : 1000 * seconds,
    capacity: model?.capacityPerSecond(demand, means) ?? 0,
  };
}

/** The predicted curves beside the measured means, and the load in question. */
export function whatIfSpec(data: WhatIf, question: Question): LinesSpec {
  const { least, most } = data.range;
  const steps = 60;
  const loads = Array.from(
    { length: steps + 1 },
    (_, index) => least * (most / least) ** (index / steps),
  );
  const curves = data.servers.map((server) => ({
    server,
    points: loads.flatMap((x) => {
      const { ms } = predictedAt(data, server, { ...question, perSecond: x });
      return ms === null ? [] : [{ x, y: ms }];
    }),
  }));
  const starts = curves.flatMap(({ points }) => points.slice(0, 1).map(({ y }) => y));
  const measured = data.servers.flatMap(({ means }) => means.map(({ y }) => y));
  const [low, high] = [Math.min(...starts, ...measured), Math.max(...starts, ...measured)];
  const top = 10 * high;
  return {
    kind: 'lines',
    x: { title: 'requests/s offered (log scale)', scale: 'logarithmic', max: most },
    y: { title: 'mean, ms (log scale)', scale: 'logarithmic', min: low / 1.5, max: top },
    letters: Math.max(...data.servers.map(({ name }) => name.length)),
    now: question.perSecond,
    lines: curves.flatMap(({ server: { name, style, means }, points }) => [
      {
        label: name,
        style: { ...style, dash: [4, 4] },
        points: points.filter(({ y }) => y <= top),
      },
      {
        label: `${name}, measured`,
        unnamed: true as const,
        style: { ...style, dash: [] },
        points: means.map((point) => ({ ...point, marked: true })),
      },
    ]),
  };
}

/** A number of at most three digits. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** What is predicted for a server: "12 ms", "overloaded: at most 98 requests/s". */
export function predictedText(
  data: WhatIf,
  server: WhatIf['servers'][number],
  question: Question,
): string {
  const { ms, capacity } = predictedAt(data, server, question);
  return ms === null
    ? `overloaded: at most ${threeDigits(capacity)} requests/s`
    : `${threeDigits(ms)} ms; at most ${threeDigits(capacity)} requests/s`;
}
