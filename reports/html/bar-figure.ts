import type { Measurement } from '../../results/document/run-document.ts';
import { valuesByBlock, type Window } from '../../results/select.ts';
import { type Spread, spreadOf } from '../../results/statistics/spread.ts';
import { type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { formatNumber, plural } from '../findings/numbers.ts';
import type { Look } from '../findings/palette.ts';
import { spreadText } from '../findings/spread.ts';
import type { BarsSpec } from './chart-spec.ts';
import { type Column, figure, idPart, table, whiskerOf } from './figure.ts';
import type { Html } from './html.ts';
import { shortName } from './short-name.ts';

/** Something measured of each server in a window of load. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly about: string;
  /** What is said where no server has it. */
  readonly missing: string;
  readonly window: Window;
  readonly of: (measurement: Measurement) => number | null;
  /** What theory expects of a server, where it does. */
  readonly expected?: (server: string) => number | null;
  /** What it is that theory expects. */
  readonly expectation?: string;
}

interface Row {
  readonly label: string;
  readonly look: Look;
  readonly spread: Spread;
  readonly expected: number | null;
}

/** A figure of one number a server: bars with whiskers over the blocks, and a mark where theory expects them to end. */
export function barFigure(
  contest: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  quantity: Quantity,
): Html {
  const { id, title, axis, about, missing, expectation = 'the value' } = quantity;
  const rows = rowsOf(contest, looks, quantity);
  const blocks = Math.max(0, ...rows.map(({ spread }) => spread.blocks));
  const foreseen = rows.some(({ expected }) => expected !== null);
  const note = [
    `${about}.`,
    blocks > 1 ? `Whiskers: lowest and highest of ${plural(blocks, 'block')}.` : '',
    foreseen ? `Dashes: ${expectation} predicted from single requests.` : '',
  ];
  const columns: Column<Row>[] = [
    { title: 'server', cell: ({ label }) => label },
    { title: axis, numeric: true, cell: ({ spread }) => spreadText(spread) },
    ...(foreseen ? [{ title: 'predicted', numeric: true, cell: expectedText }] : []),
    { title: 'blocks', numeric: true, cell: ({ spread }) => String(spread.blocks) },
  ];
  return figure({
    id: `${id}-${idPart(contest.workload.name)}`,
    title,
    note: rows.length > 0 ? note.filter((text) => text !== '').join(' ') : missing,
    summary: `${rows.map(rowText).join(', ')} ${axis}.`,
    spec: rows.length > 0 ? specOf(axis, rows) : null,
    numbers: table(`${title}, ${contest.workload.name}`, columns, rows),
  });
}

/** The servers that have a value, in the plan's order. */
function rowsOf(
  { servers }: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  { window, of, expected }: Quantity,
): Row[] {
  return servers.flatMap(({ server: { name }, trials }) => {
    const look = looks.get(name);
    const spread = spreadOf(valuesByBlock(trials, window, of));
    return spread && look
      ? [{ label: name, look, spread, expected: expected?.(name) ?? null }]
      : [];
  });
}

const expectedText = ({ expected }: Row): string =>
  expected === null ? '–' : formatNumber(expected);

const rowText = (row: Row): string =>
  `${row.label} ${spreadText(row.spread)}${row.expected === null ? '' : `, predicted ${expectedText(row)}`}`;

function specOf(axis: string, rows: readonly Row[]): BarsSpec {
  return {
    kind: 'bars',
    axis,
    bars: rows.map(({ label, look, spread, expected }) => ({
      label: shortName(label),
      look,
      value: spread.median,
      range: whiskerOf(spread),
      expected,
      text: formatNumber(spread.median, spread),
    })),
  };
}
