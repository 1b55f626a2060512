import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestCounts } from '../../results/document/run-document.ts';
import { closedLoop } from './closed-loop/closed-loop.ts';
import type { ClosedLoad, LoadProgress, OpenLoad } from './load.ts';
import { arrivalSchedule } from './open-loop/arrival-schedule.ts';
import { openLoop } from './open-loop/open-loop.ts';

const body = 'hello, world\n';
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A TCP server that calls `onRequest` for each piece of data that arrives. */
async function serveBytes(onRequest: (socket: Socket, count: number) => void): Promise<number> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => onRequest(socket, ++count));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const load = {
  host: '127.0.0.1',
  warmupSeconds: 0.05,
  windowSeconds: 0.3,
  timeoutSeconds: 0.5,
  seed: 1,
  classes: [{ name: 'hello', weight: 1, path: '/hello', expectedBody: body }],
};

function runClosed(port: number, changes: Partial<ClosedLoad> = {}, events: LoadProgress[] = []) {
  const emit = (event: LoadProgress) => void events.push(event);
  return closedLoop({ ...load, loop: 'closed', port, connections: 4, ...changes }, emit);
}

function runOpen(port: number, changes: Partial<OpenLoad> = {}, events: LoadProgress[] = []) {
  const emit = (event: LoadProgress) => void events.push(event);
  return openLoop({ ...load, ...pace, loop: 'open', port, ...changes }, emit);
}

const pace = { ratePerSecond: 200, arrivals: 'uniform' as const, maxConnections: 100 };

function unaccounted(counts: RequestCounts): number {
  return counts.sent - counts.ok - counts.non2xx - counts.timeouts - counts.errors;
}

const answer = (response: ServerResponse) => void response.end(body);

describe.each([
  ['a closed', runClosed],
  ['an open', runOpen],
] as const)('%s loop', (_loop, run) => {
  test('gives every request an outcome and a time', async () => {
    const port = await serve((_request, response) => void setTimeout(answer, 2, response));
    const result = await run(port);
    expect(result.requests.sent).toBeGreaterThan(0);
    expect(result.requests.ok).toBe(result.requests.sent);
    expect(result.serviceTime.count).toBe(result.requests.sent);
    expect(result.requests.mismatched).toBe(0);
  });

  test('reports the start and the end of its window, and progress in between', async () => {
    const events: LoadProgress[] = [];
    const port = await serve((_request, response) => answer(response));
    const result = await run(port, { windowSeconds: 1.5 }, events);
    const types = events.map((event) => event.type);
    const start = types.indexOf('window-started');
    expect(types.slice(start + 1, -1)).toEqual(expect.arrayContaining(['progress']));
    expect(types.at(-1)).toBe('window-ended');
    expect(result.intervals).toHaveLength(15);
  });

  test('sends one request on each connection of a server that closes connections', async () => {
    let received = 0;
    const port = await serve((_request, response) => {
      received += 1;
      response.shouldKeepAlive = false;
      answer(response);
    });
    const { requests, connectionsOpened } = await run(port, { warmupSeconds: 0 });
    expect(requests.ok).toBe(requests.sent);
    expect(requests.sent).toBeGreaterThan(4);
    expect(connectionsOpened).toBe(received);
  });

  test('reads a response that ends with its connection', async () => {
    const port = await serveBytes((socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${body}`));
    const { requests } = await run(port);
    expect(requests.sent).toBeGreaterThan(4);
    expect(requests.ok).toBe(requests.sent);
    expect(requests.mismatched).toBe(0);
  });

  test('reads a chunked response in pieces, and skips interim responses', async () => {
    const head =
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const port = await serveBytes((socket) => {
      socket.write(`${head}5\r\nhello\r\n`);
      setTimeout(() => socket.write(`8\r\n, world\n\r\n0\r\n\r\n`), 2);
    });
    const { requests } = await run(port);
    expect(requests.sent).toBeGreaterThan(4);
    expect(requests.ok).toBe(requests.sent);
    expect(requests.mismatched).toBe(0);
  });

  test('counts a wrong body as ok but mismatched', async () => {
    const bodies = ['hello, world\n!', 'hello, worle\n', 'hello', ''];
    let received = 0;
    const port = await serve((_request, response) => {
      response.end(bodies[received++ % bodies.length]);
    });
    const { requests } = await run(port);
    expect(requests.ok).toBe(requests.sent);
    expect(requests.mismatched).toBe(requests.sent);
  });

  test('counts an error status separately, and gives its requests no time', async () => {
    const port = await serve((_request, response) => {
      response.statusCode = 500;
      response.end();
    });
    const { requests, failures, serviceTime, throughputPerSecond } = await run(port);
    expect(requests.sent).toBeGreaterThan(0);
    expect(requests.non2xx).toBe(requests.sent);
    expect(failures).toEqual({ 'status 500': requests.sent });
    expect(serviceTime.p50Ms).toBeNull();
    expect(throughputPerSecond).toBe(0);
  });

  test('counts each request that is never answered as one timeout', async () => {
    const port = await serve(() => {});
    const { requests, serviceTime } = await run(port, {
      warmupSeconds: 0,
      windowSeconds: 0.2,
      timeoutSeconds: 0.3,
    });
    expect(requests.sent).toBeGreaterThan(0);
    expect(requests).toMatchObject({ timeouts: requests.sent, ok: 0, errors: 0 });
    expect(serviceTime).toMatchObject({ count: requests.sent, p50Ms: null });
  });

  test('waits for requests in flight at its end', async () => {
    const port = await serve((_request, response) => void setTimeout(answer, 1500, response));
    const { requests, throughputPerSecond } = await run(port, {
      warmupSeconds: 0,
      windowSeconds: 1,
      timeoutSeconds: 5,
    });
    expect(requests.sent).toBeGreaterThan(0);
    expect(requests.ok).toBe(requests.sent);
    expect(throughputPerSecond).toBe(0);
  });

  test('counts exactly the responses that a server drops by closing the connection', async () => {
    let dropped = 0;
    const port = await serve((request, response) => {
      if (request.socket.bytesRead % 7 === 0) dropped += 1;
      if (request.socket.bytesRead % 7 === 0) request.socket.end();
      else answer(response);
    });
    const { requests } = await run(port, { warmupSeconds: 0 });
    expect(dropped).toBeGreaterThan(0);
    expect(requests.errors).toBe(dropped);
    expect(unaccounted(requests)).toBe(0);
  });

  test('counts resets by the name of the error', async () => {
    let reset = 0;
    const port = await serveBytes((socket, count) => {
      if (count % 5 > 0) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n${body}`);
      else {
        reset += 1;
        socket.resetAndDestroy();
      }
    });
    const { requests, failures } = await run(port, { warmupSeconds: 0 });
    expect(requests.errors).toBe(reset);
    expect(failures).toEqual({ ECONNRESET: reset });
    expect(unaccounted(requests)).toBe(0);
  });

  test('reports a response that is not HTTP', async () => {
    const port = await serveBytes((socket) => socket.write('SSH-2.0-OpenSSH\r\n'));
    const { requests, failures } = await run(port);
    expect(requests.errors).toBe(requests.sent);
    expect(Object.keys(failures)).toEqual(['response is not HTTP/1.1']);
  });

  test('counts every request as an error when nobody listens', async () => {
    const port = await serve(() => {});
    closers.pop()?.();
    const { requests, failures } = await run(port);
    expect(requests.sent).toBeGreaterThan(0);
    expect(requests.errors).toBe(requests.sent);
    expect(Object.keys(failures)).toEqual(['ECONNREFUSED']);
  });

  test('counts each class separately', async () => {
    const port = await serve((request, response) => {
      response.statusCode = request.url === '/bad' ? 503 : 200;
      answer(response);
    });
    const { requests, classes } = await run(port, {
      classes: [
        { name: 'good', weight: 3, path: '/good', expectedBody: body },
        { name: 'bad', weight: 1, path: '/bad', expectedBody: null },
      ],
    });
    const [good, bad] = classes;
    expect(good?.requests.ok).toBe(good?.requests.sent);
    expect(bad?.requests.non2xx).toBe(bad?.requests.sent);
    expect((good?.requests.sent ?? 0) + (bad?.requests.sent ?? 0)).toBe(requests.sent);
    expect((good?.requests.sent ?? 0) / requests.sent).toBeCloseTo(0.75, 1);
  });
});

describe('a closed loop', () => {
  test('never has more requests in flight than connections', async () => {
    let inFlight = 0;
    let most = 0;
    const port = await serve((_request, response) => {
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight -= 1;
        answer(response);
      }, 2);
    });
    await runClosed(port, { connections: 3 });
    expect(most).toBe(3);
  });

  test('backs off when nobody listens', async () => {
    const port = await serve(() => {});
    closers.pop()?.();
    const { requests, failures } = await runClosed(port, { warmupSeconds: 0 });
    expect(Object.keys(failures)).toEqual(['ECONNREFUSED']);
    expect(requests.errors).toBe(requests.sent);
    expect(requests.sent).toBeGreaterThanOrEqual(4);
    expect(requests.sent).toBeLessThan(60);
  });

  test('has no response time and no send lag', async () => {
    const port = await serve((_request, response) => answer(response));
    const { responseTime, sendLag, connectionsOpened } = await runClosed(port);
    expect([responseTime, sendLag, connectionsOpened]).toEqual([null, null, 4]);
  });
});

describe('an open loop', () => {
  test('sends the whole schedule without waiting for responses', async () => {
    let received = 0;
    const port = await serve((_request, response) => {
      received += 1;
      setTimeout(answer, 400, response);
    });
    const { requests, serviceTime, responseTime, sendLag } = await runOpen(port, {
      ratePerSecond: 300,
      arrivals: 'poisson',
      warmupSeconds: 0,
      timeoutSeconds: 5,
    });
    const schedule = arrivalSchedule({
      ratePerSecond: 300,
      arrivals: 'poisson',
      warmupSeconds: 0,
      windowSeconds: 0.3,
      weights: [1],
      seed: 1,
    });
    expect(received).toBe(schedule.offsetsMs.length);
    expect(requests).toMatchObject({ sent: received, ok: received });
    const counts = [serviceTime, responseTime, sendLag].map((times) => times?.count);
    expect(counts).toEqual([received, received, received]);
  });

  test('opens connections when needed, and reuses them', async () => {
    const port = await serve((_request, response) => answer(response));
    const { connectionsOpened, requests } = await runOpen(port);
    expect(connectionsOpened).toBeGreaterThan(0);
    expect(connectionsOpened).toBeLessThan(requests.sent);
  });

  test('counts the wait for a connection in the response time, not in the service time', async () => {
    const port = await serve((_request, response) => void setTimeout(answer, 20, response));
    const result = await runOpen(port, {
      ratePerSecond: 100,
      maxConnections: 1,
      warmupSeconds: 0,
      timeoutSeconds: 10,
    });
    expect(result.requests).toMatchObject({ sent: 30, ok: 30 });
    expect(result).toMatchObject({ connectionsOpened: 1, connectionLimit: 1 });
    expect(result.waitedForConnection).toBeGreaterThan(15);
    expect(result.responseTime?.maxMs).toBeGreaterThan(4 * (result.serviceTime.p50Ms ?? 0));
  });

  test('counts requests that never got a connection as timeouts', async () => {
    const port = await serve(() => {});
    const { requests } = await runOpen(port, {
      maxConnections: 1,
      warmupSeconds: 0,
      timeoutSeconds: 0.2,
    });
    expect(requests).toMatchObject({ sent: 60, timeouts: 60 });
  });
});
