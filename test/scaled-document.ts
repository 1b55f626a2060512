import type { RunDocument } from '../results/document/run-document.ts';
import { sampleClosedLoop, sampleDocument, sampleServer, sampleTrial } from './sample-document.ts';

export const mebibyte = 2 ** 20;

/** A run in which a server had this throughput with each number of workers, a little more in each block. */
export function scaledDocument(
  perSecond: Readonly<Record<number, number>>,
  blocks = 4,
): RunDocument {
  const counts = Object.keys(perSecond).map(Number);
  const trials = Array.from({ length: blocks }, (_, block) =>
    counts.map((workers) =>
      sampleTrial({ block, server: `mine-${workers}` }, [
        sampleClosedLoop({
          throughputPerSecond: (perSecond[workers] ?? 0) * (1 + block / 100),
          server: { ...sampleClosedLoop().server, pssBytes: (20 + 30 * workers) * mebibyte },
        }),
      ]),
    ),
  ).flat();
  const document = sampleDocument({ servers: counts.map((workers) => `mine-${workers}`) }, trials);
  const servers = counts.map((workers) => ({
    ...sampleServer(`mine-${workers}`),
    workers,
    variantOf: 'mine',
  }));
  return { ...document, plan: { ...document.plan, servers } };
}
