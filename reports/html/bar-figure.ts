import type { Measurement } from '../../results/run-document.ts';
import type { Contest } from '../contest.ts';
import { formatNumber, plural } from '../numbers.ts';
import type { Look } from '../palette.ts';
import { type ByBlock, type Spread, spreadOf, spreadText } from '../spread.ts';
import { byBlock } from '../trials.ts';
import type { ChartSpec } from './chart-spec.ts';
import { figure, idPart, table, whiskerOf } from './figure.ts';
import type { Html } from './html.ts';

interface BarRow {
  readonly label: string;
  readonly look: Look;
  readonly byBlock: ByBlock;
  readonly spread: Spread;
}

/** Something measured of each server. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly about: string;
  /** What is said where no server has it. */
  readonly missing: string;
  readonly of: (measurement: Measurement) => number | null;
}

/** The servers that have a value, in the plan's order. */
function barRows(
  { entries }: Contest,
  looks: ReadonlyMap<string, Look>,
  values: (entry: Contest['entries'][number]) => ByBlock,
): BarRow[] {
  return entries.flatMap((entry) => {
    const [byBlock, look] = [values(entry), looks.get(entry.server.name)];
    const spread = spreadOf(byBlock);
    return spread && look ? [{ label: entry.server.name, look, byBlock, spread }] : [];
  });
}

function barsSpec(axis: string, rows: readonly BarRow[]): ChartSpec {
  return {
    kind: 'bars',
    axis,
    bars: rows.map(({ label, look, spread }) => ({
      label,
      look,
      value: spread.median,
      range: whiskerOf(spread),
      text: formatNumber(spread.median, spread),
    })),
  };
}

/** A figure of one number a server. */
export function barFigure(
  contest: Contest,
  looks: ReadonlyMap<string, Look>,
  { id, title, axis, about, missing, of }: Quantity,
): Html {
  const rows = barRows(contest, looks, ({ trials }) => byBlock(trials, 'closed', of));
  const blocks = Math.max(0, ...rows.map(({ spread }) => spread.blocks));
  const range = blocks > 1 ? ` Whiskers: lowest and highest of ${plural(blocks, 'block')}.` : '';
  return figure({
    id: `${id}-${idPart(contest.workload.name)}`,
    title,
    note: rows.length > 0 ? `${about}.${range}` : missing,
    summary: `${rows.map(({ label, spread }) => `${label} ${spreadText(spread)}`).join(', ')} ${axis}.`,
    spec: rows.length > 0 ? barsSpec(axis, rows) : null,
    numbers: table<BarRow>(
      `${title}, ${contest.workload.name}`,
      [
        { title: 'server', cell: ({ label }) => label },
        { title: axis, numeric: true, cell: ({ spread }) => spreadText(spread) },
        { title: 'blocks', numeric: true, cell: ({ spread }) => String(spread.blocks) },
      ],
      rows,
    ),
  });
}
