import type { PlannedServer } from '../../results/document/run-document.ts';
import { formatNumber } from '../../results/format.ts';
import type { RankedServer, WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { metricUnit, standingText, whyUnmeasured } from '../findings/cell-text.ts';

export interface MatrixCell {
  readonly position: RankedServer['position'] | 'unmeasured';
  /** The value, or a dash. */
  readonly value: string;
  /** The value as a share of the workload's largest; null where there is no value. */
  readonly share: number | null;
  /** How the server compares with the leader, or why it has no value. */
  readonly detail: string;
}

/** The answer as a table of servers by workloads. */
export interface Matrix {
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly {
    readonly server: PlannedServer;
    readonly cells: readonly MatrixCell[];
  }[];
}

export function matrixOf(rankings: readonly WorkloadRanking[]): Matrix {
  const servers = new Set(rankings.flatMap(({ servers }) => servers.map(({ server }) => server)));
  return {
    columns: rankings.map(({ workload, metric }) => ({
      name: workload.name,
      unit: metricUnit(metric),
    })),
    rows: [...servers].map((server) => ({
      server,
      cells: rankings.map((ranking) => cellOf(ranking, server)),
    })),
  };
}

function cellOf(ranking: WorkloadRanking, server: PlannedServer): MatrixCell {
  const entry = ranking.servers.find((one) => one.server === server);
  const none = { position: 'unmeasured', value: '–', share: null } as const;
  if (!entry) return { ...none, detail: 'not offered' };
  const { value, position, trials } = entry;
  if (!value) return { ...none, detail: whyUnmeasured(trials, ranking.metric).word };
  const largest = Math.max(...ranking.servers.map((one) => one.value?.median ?? 0));
  return {
    position,
    value: formatNumber(value.median, value),
    share: value.median / largest,
    detail: standingText(ranking, entry),
  };
}
