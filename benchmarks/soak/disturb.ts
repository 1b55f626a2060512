import { connect } from 'node:net';
import { processTree } from '../../runner/probes/process-tree.ts';

/** How many connections are reset with a request in flight, each second. */
const resetsPerSecond = 20;
const killEveryMs = 5_000;

/**
 * What happens to a server beside its load: clients leave in the middle of a request, and worker processes are killed.
 * @returns a function that ends it
 */
export function disturb(
  server: { readonly url: string; readonly pid: number },
  killsWorkers: boolean,
): () => void {
  const { hostname, port } = new URL(server.url);
  const resets = setInterval(() => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write('GET /cpu?n=20 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    setTimeout(() => socket.resetAndDestroy(), 5);
  }, 1_000 / resetsPerSecond);
  const kills = setInterval(() => {
    const worker = killsWorkers ? processTree(server.pid).at(-1) : undefined;
    if (worker !== undefined && worker !== server.pid) process.kill(worker, 'SIGKILL');
  }, killEveryMs);
  return () => {
    clearInterval(resets);
    clearInterval(kills);
  };
}
