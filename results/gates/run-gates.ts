import type { RunDocument, Warning } from '../document/run-document.ts';
import { drift } from './drift.ts';
import { noisyHost } from './noisy-host.ts';
import { unequalDemand } from './unequal-demand.ts';

/** What is doubtful about a run as a whole. */
export function warningsAboutRun(document: RunDocument): Warning[] {
  return [...unequalDemand(document), ...noisyHost(document), ...drift(document)];
}
