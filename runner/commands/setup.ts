import { servers } from '../../servers/index.ts';
import { prepareServers } from '../../servers/references/prepare.ts';
import { RunError } from '../errors.ts';
import { locust } from '../load/workers/locust.ts';

/** `bench setup`: builds the references and what load workers need, once, so that no run has to. */
export async function setup(): Promise<void> {
  const references = servers.filter(({ kind }) => kind === 'reference');
  const prepared = await prepareServers([...references, locust], (line) =>
    process.stdout.write(`${line}\n`),
  );
  const missing = prepared.filter(({ availability }) => !availability.available);
  if (missing.length === 0) return;
  throw new RunError(
    `not ready: ${missing.map(({ server }) => server.name).join(', ')}; everything else can run.`,
  );
}
