import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { pool } from '../../servers/pool/server.ts';
import { workloads } from '../../workloads/index.ts';
import { calibratableIn } from './calibratable.ts';
import { calibrateDemand } from './calibrate-demand.ts';

const open: HttpServer[] = [];

/** A server in this process. */
async function answering(): Promise<string> {
  const http = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  open.push(http);
  await once(http, 'listening');
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function closed(): Promise<string> {
  const url = await answering();
  const http = open.pop();
  http?.close();
  http?.closeAllConnections();
  return url;
}

afterEach(() => {
  for (const http of open.splice(0)) {
    http.close();
    http.closeAllConnections();
  }
});

const at = (url: string) => ({ url, pid: process.pid });

function demanding() {
  const workload = workloads.find(({ name }) => name === 'cpu');
  if (!workload) throw new Error('there is no workload cpu');
  const parameters = { n: 27, times: 1 };
  const toRun = { workload, parameters, classes: workload.requests(parameters), servers: [] };
  const [found] = calibratableIn({ workloads: [toRun] });
  if (!found) throw new Error('its demand cannot be set');
  return found;
}

test('the server that sets the target is named when it is the one that cannot be asked', async () => {
  const standard = { server: pool, running: at(await closed()) };
  const other = { server: eventLoop, running: at(await answering()) };
  await expect(calibrateDemand(other, standard, demanding())).rejects.toThrow(
    /^pool, which sets the target, could not be measured: GET \/cpu\?n=27 failed: /,
  );
});

test('the other is told of by what it was asked', async () => {
  const standard = { server: pool, running: at(await answering()) };
  const other = { server: eventLoop, running: at(await closed()) };
  await expect(calibrateDemand(other, standard, demanding())).rejects.toThrow(
    /^GET \/cpu\?n=10 failed: /,
  );
});

const timesIn = (path: string) => Number(/times=(\d+)/.exec(path)?.[1] ?? 1);
const nowhere = { url: 'http://127.0.0.1:1', pid: null };
const standard = { server: pool, running: nowhere };
const other = { server: eventLoop, running: nowhere };

/** A target of 2 ms, beside a server whose requests cost 0.1 ms and 1 µs for each repetition. */
const exact = async ({ server }: { server: { name: string } }, path: string) =>
  server.name === 'pool' ? 0.002 : 0.0001 + timesIn(path) * 1e-6;

test('a request is repeated until it costs what the target costs', async () => {
  const { parameters, path, cpuSeconds, targetCpuSeconds, reason } = await calibrateDemand(
    other,
    standard,
    demanding(),
    exact,
  );
  expect(parameters['times']).toBeGreaterThan(1870);
  expect(parameters['times']).toBeLessThan(1930);
  expect(timesIn(path)).toBe(parameters['times']);
  expect(targetCpuSeconds).toBe(0.002);
  expect(cpuSeconds).toBeCloseTo(await exact(other, path), 12);
  expect(reason).toBeNull();
});

test('a machine that is slower for a while changes nothing, for both sides meet it', async () => {
  let readings = 0;
  const slowAtTimes: typeof exact = async (asked, path) => {
    readings += 1;
    return (readings % 20 < 8 ? 1.7 : 1) * (await exact(asked, path));
  };
  const { parameters } = await calibrateDemand(other, standard, demanding(), slowAtTimes);
  expect(parameters['times']).toBeGreaterThan(1850);
  expect(parameters['times']).toBeLessThan(1950);
});

test('a cost that never comes near the target is told as it is, with the closest kept', async () => {
  let latest = 0.003;
  const dearerEachTime: typeof exact = async ({ server }, path) => {
    if (server.name === 'pool') return 0.002;
    if (timesIn(path) === 1) return 0.0001;
    latest += 1e-5;
    return latest;
  };
  const found = await calibrateDemand(other, standard, demanding(), dearerEachTime);
  expect(found.cpuSeconds).toBeGreaterThan(0.003);
  expect(found.cpuSeconds).toBeLessThan(latest - 5e-5);
  expect(found.reason).toBe('its cost could not be brought closer to the target');
});
