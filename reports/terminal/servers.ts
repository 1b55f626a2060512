import type { PlannedServer } from '../../results/document/run-document.ts';
import { seriesStyles } from '../drawing/theme.ts';
import { printable, type Style } from './text.ts';

const longestName = 20;

/** The name of a server, as far as a table has room for it. */
export function shortName(server: string): string {
  const name = printable(server);
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

const colorStyles: Readonly<Record<string, Style>> = {
  'event-loop': 'blue',
  prefork: 'yellow',
  pool: 'green',
  threads: 'magenta',
  'other-1': 'cyan',
};

/** The colour of each server by its name, close to the one that it has in the report. */
export function serverStyles(servers: readonly PlannedServer[]): (server: string) => Style {
  const styleOf = seriesStyles(servers);
  return (server) => colorStyles[styleOf(server).color] ?? 'white';
}
