import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { formatNumber, formatWithRange } from '../../results/format.ts';
import { halfWidth } from '../../results/statistics/estimate.ts';
import {
  type Pair,
  pairedLogRatio,
  ratioInterval,
  usualConfidence,
} from '../../results/statistics/log-ratio.ts';
import { availableCpus } from '../../runner/probes/cpus.ts';

/** A Markdown table; a cell may hold any text of one line. */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The mean ratio of values that were measured in the same block, with its 95 % CI: "0.95 (0.91–0.99)". A single block
 * has no interval; without any the result is null.
 */
export function ratioOf(
  pairs: readonly Pair[],
): { readonly ratio: number; readonly text: string } | null {
  const estimate = pairedLogRatio(pairs);
  if (estimate) {
    const interval = ratioInterval(estimate, halfWidth(estimate, usualConfidence));
    return { ratio: interval.ratio, text: formatWithRange(interval.ratio, interval) };
  }
  const [only] = pairs;
  return only ? { ratio: only.a / only.b, text: formatNumber(only.a / only.b) } : null;
}

/** The machine that a figure was measured on: "Measured on 2 × AMD EPYC, 24 GiB, Linux 6.18, Node.js 24.21.0." */
export function measuredOn(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  const cpu = cpus()[0]?.model ?? 'CPU';
  return `Measured on ${availableCpus()} × ${cpu}, ${gib} GiB, ${type()} ${release()}, Node.js ${process.versions.node}.`;
}

/** A page with one section replaced, or appended when the page has none of this heading; all others stay. */
export function withSection(page: string, heading: string, paragraphs: readonly string[]): string {
  const sections = page.trimEnd().split(/\n+(?=## )/);
  const found = sections.findIndex((section) => section.split('\n')[0] === `## ${heading}`);
  const section = [`## ${heading}`, ...paragraphs].join('\n\n');
  const place = found < 0 ? sections.length : found;
  return `${sections.toSpliced(place, 1, section).join('\n\n')}\n`;
}

/** Prints a section of docs/trust.md, and writes it into that page. */
export async function publishSection(
  heading: string,
  paragraphs: readonly string[],
): Promise<void> {
  const path = 'docs/trust.md';
  console.log(['', `## ${heading}`, ...paragraphs].join('\n\n'));
  const section = [...paragraphs, measuredOn()];
  await writeFile(path, withSection(await readFile(path, 'utf8'), heading, section));
}
