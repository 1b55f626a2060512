import type { PlannedServer } from '../../results/document/run-document.ts';
import type { RankedServer, WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { metricUnit, positionText, whyUnmeasured } from './cell-text.ts';
import { formatColumn } from './numbers.ts';

export interface RankingCell {
  readonly position: RankedServer['position'];
  /** The value, or a dash. */
  readonly value: string;
  /** The value as a share of the workload's largest; null where there is no value. */
  readonly share: number | null;
  /** How the server compares with the leader, or why it has no value. */
  readonly detail: string;
}

/** The answer as a table of servers by workloads. */
export interface RankingTable {
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly {
    readonly server: PlannedServer;
    readonly cells: readonly RankingCell[];
  }[];
}

export function rankingTable(rankings: readonly WorkloadRanking[]): RankingTable {
  const servers = new Set(rankings.flatMap(({ servers }) => servers.map(({ server }) => server)));
  const columns = rankings.map((ranking) => cellsOf(ranking));
  return {
    columns: rankings.map(({ workload, metric }) => ({
      name: workload.name,
      unit: metricUnit(metric),
    })),
    rows: [...servers].map((server) => ({
      server,
      cells: columns.map((cells) => cells.get(server) ?? notOffered),
    })),
  };
}

const none = { position: 'unmeasured', value: '–', share: null } as const;
const notOffered: RankingCell = { ...none, detail: 'not offered' };

function cellsOf(ranking: WorkloadRanking): Map<PlannedServer, RankingCell> {
  const texts = formatColumn(ranking.servers.map(({ value }) => value));
  const largest = Math.max(...ranking.servers.map(({ value }) => value?.median ?? 0));
  return new Map(
    ranking.servers.map((ranked, index) => {
      const { server, value, position, trials } = ranked;
      const cell = value
        ? {
            position,
            value: texts[index] ?? '',
            share: value.median / largest,
            detail: positionText(ranking, ranked),
          }
        : { ...none, detail: whyUnmeasured(trials, ranking.metric).word };
      return [server, cell];
    }),
  );
}
