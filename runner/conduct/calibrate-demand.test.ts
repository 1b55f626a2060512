import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { pool } from '../../servers/pool/server.ts';
import { workloads } from '../../workloads/index.ts';
import { demandingIn } from '../plan/demanding.ts';
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
  const [found] = demandingIn({ workloads: [toRun] });
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
