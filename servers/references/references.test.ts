import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { choosePort } from '../choose-port.ts';
import { servers } from '../index.ts';
import { launch } from '../launch.ts';
import type { RunningServer } from '../server.ts';

const host = '127.0.0.1';
const workers = 2;
const required = process.env['REQUIRE_REFERENCES'] === '1';
const references = await Promise.all(
  servers
    .filter(({ kind }) => kind === 'reference')
    .map(async (server) => ({ server, availability: await server.probe() })),
);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(url: string): Promise<Answer> {
  const request = get(url, { agent: false, headers: { 'X-Trace': '1' } });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (!response) throw new Error(`no answer from ${url}`);
  response.setEncoding('utf8');
  const body = (await response.toArray()).join('');
  return { status: response.statusCode, headers: response.headers, body };
}

const askOften = (url: string, times: number) =>
  Promise.all(Array.from({ length: times }, () => ask(url)));

for (const { server, availability } of references) {
  const missing = availability.available ? '' : `${availability.reason}; ${availability.advice}`;
  const describeHere = missing && !required ? describe.skip : describe;
  describeHere(`${server.name}${missing && `, which is not here: ${missing}`}`, () => {
    let running: RunningServer;
    const start = async () =>
      await launch(server, { host, port: await choosePort(), workers, backlog: 4096 });

    beforeAll(async () => {
      if (!availability.available)
        throw new Error(`${availability.reason}; ${availability.advice}`);
      running = await start();
    });
    afterAll(async () => await running?.stop());

    if (server.keepAlive) {
      test('holds any number of waits at once, whatever its workers', async () => {
        const answers = await askOften(`${running.url}/io?ms=1000`, 50);
        const inFlight = answers.map(({ headers }) => Number(headers['x-in-flight']));
        expect(inFlight.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: 50 }, (_, i) => i + 1),
        );
      });
    } else {
      test('serves one request at a time in each worker, and uses every worker', async () => {
        const answers = await askOften(`${running.url}/io?ms=200`, 3 * workers);
        expect(answers.map(({ headers }) => headers['x-in-flight'])).toEqual(
          Array.from({ length: 3 * workers }, () => '1'),
        );
        expect(new Set(answers.map(({ headers }) => headers['x-worker'])).size).toBe(workers);
      });
    }

    test('tells in a trace what a request asked for, never less', async () => {
      const { headers } = await ask(`${running.url}/io?ms=30`);
      const [, waitMs] = /wait;dur=([0-9.]+)/.exec(String(headers['server-timing'])) ?? [];
      expect(Number(waitMs)).toBeGreaterThanOrEqual(30);
    });

    test('answers the request that it has when it is asked to stop', async () => {
      const other = await start();
      const [inFlight] = [ask(`${other.url}/io?ms=500`)];
      await ask(`${other.url}/hello`);
      await Promise.all([
        expect(inFlight).resolves.toMatchObject({ status: 200, body: 'waited 500 ms\n' }),
        other.stop(),
      ]);
      expect(await other.exited).toEqual({ code: 0, signal: null });
    });

    test('says that its port is taken', async () => {
      const { port } = new URL(running.url);
      const options = { host, port: Number(port), workers, backlog: 128 };
      await expect(launch(server, options)).rejects.toMatchObject({ failure: 'port-taken' });
    });
  });
}
