import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import type { OpenLoad } from '../../runner/load/load.ts';
import { arrivalSchedule } from '../../runner/load/open-loop/arrival-schedule.ts';
import { LoadWorkers } from '../../runner/load/workers/load-workers.ts';
import { monotonicMs } from '../../servers/kit/runtime.ts';
import { choosePort } from '../../servers/launch/ports.ts';

/**
 * Runs on the host of the servers. Load workers send one seeded schedule to a server that notes when each request arrives;
 * prints how many arrived, how many were planned, and how far the arrivals are from the plan.
 *
 * --host 192.0.2.1 --workers 3
 */
const { values } = parseArgs({
  options: { host: { type: 'string' }, workers: { type: 'string' } },
});
const { host = '127.0.0.1' } = values;
const arrivedMs: number[] = [];
const server = createServer((_request, response) => {
  arrivedMs.push(monotonicMs());
  response.end('ok\n');
});
const port = await choosePort(host);
await new Promise<void>((resolve) => void server.listen(port, host, resolve));
const load: OpenLoad = {
  loop: 'open',
  host,
  port,
  classes: [{ name: 'ok', weight: 1, path: '/', expectedBody: 'ok\n' }],
  ratePerSecond: 300,
  arrivals: 'poisson',
  maxConnections: 100,
  warmupSeconds: 1,
  windowSeconds: 5,
  timeoutSeconds: 5,
  seed: 11,
};
const controls = { signal: new AbortController().signal, onJoined: () => {} };
const plan = { host, port: 5557, count: Number(values.workers ?? 3) };
const workers = await LoadWorkers.open(plan, controls);
const { requests } = await workers.run(load, () => {});
await workers.stop();
server.close();
server.closeAllConnections();
const { offsetsMs } = arrivalSchedule({ ...load, weights: [1] });
const inWindow = offsetsMs.filter((ms) => ms >= 1000).length;
const delays = arrivedMs.map((ms, index) => ms - (offsetsMs[index] ?? Number.NaN));
const sorted = delays.toSorted((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const away = sorted.map((ms) => Math.abs(ms - median)).toSorted((a, b) => a - b);
const at = (share: number) =>
  (away[Math.floor(share * (away.length - 1))] ?? Number.NaN).toFixed(1);
console.log(
  `planned ${offsetsMs.length}, arrived ${arrivedMs.length}; in the window planned ${inWindow}, sent ${requests.sent}, ok ${requests.ok}
the n-th arrival is away from the n-th of the plan, apart from a common delay: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`,
);
process.exitCode = arrivedMs.length === offsetsMs.length && requests.sent === inWindow ? 0 : 1;
