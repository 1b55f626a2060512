import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { availableCpus } from '../../runner/probes/cpus.ts';
import { keepOutcomes, type Outcomes } from './kept.ts';
import { renderPage } from './page.ts';

const pagePath = 'docs/trust.md';

/** Keeps the outcomes, and writes the page that tells them. */
export async function publish(outcomes: Outcomes): Promise<void> {
  const told = { ...outcomes, machine: machine() };
  await keepOutcomes(told);
  await writeFile(pagePath, renderPage(told));
}

function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${availableCpus()} × ${cpus()[0]?.model ?? 'CPU'}, ${gib} GiB, ${type()} ${release()}, Node.js ${process.versions.node}`;
}
