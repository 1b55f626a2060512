import { afterEach, expect, test } from '@jest/globals';
import { ask } from '../conformance/check.ts';
import { eventLoop } from '../event-loop/server.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import { pool } from '../pool/server.ts';
import { prefork } from '../prefork/server.ts';
import type { AppKind, RunningServer, Server } from '../server.ts';
import { threads } from '../threads/server.ts';
import { hostApp } from './app.ts';

let running: RunningServer | undefined;
afterEach(async () => await running?.stop());

async function start(server: Server, kind: AppKind, source: string): Promise<string> {
  const moduleUrl = `data:text/javascript,${encodeURIComponent(source)}`;
  const options = { host: '127.0.0.1', port: await choosePort(), workers: 1, backlog: 128 };
  running = await launch(hostApp(server, { path: 'app.js', moduleUrl, kind }), options);
  return running.url;
}

const handlers: Record<AppKind, string> = {
  handler: `
    export function handler({ target }, runtime) {
      if (target === '/throws') throw new Error('broken');
      if (target === '/nothing') return undefined;
      if (target === '/status') return { status: 1, body: '' };
      if (target === '/header') return { status: 200, body: '', headers: { 'X-Bad': '\\n' } };
      return { status: 200, body: '{}', headers: { 'content-type': 'application/json' } };
    }`,
  fetch: `
    export default (request) => {
      const path = new URL(request.url).pathname;
      if (path === '/throws') throw new Error('broken');
      if (path === '/nothing') return undefined;
      return Response.json({});
    };`,
};

test.each(
  [eventLoop, prefork, pool, threads].flatMap((server) =>
    (server.hosts ?? []).map((kind) => ({ server, kind, name: server.name })),
  ),
)('$name answers 500 for a $kind that fails, and serves on', async ({ server, kind }) => {
  const url = await start(server, kind, handlers[kind]);
  const failing = kind === 'handler' ? ['/nothing', '/status', '/header'] : ['/nothing'];
  for (const path of failing) expect(await ask(url, path)).toMatchObject({ status: 500 });
  const broken = { status: 500, body: 'the handler failed: broken\n' };
  expect(await ask(url, '/throws')).toMatchObject(broken);
  const answer = await ask(url, '/', { headers: { 'X-Trace': '1' } });
  expect(answer).toMatchObject({ status: 200, body: '{}' });
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.headers['server-timing'] !== undefined).toBe(kind === 'handler');
});

test('a model that hosts a module keeps the variables of its own command', () => {
  const server: Server = {
    ...eventLoop,
    command: () => ({ program: 'node', arguments: [], environment: { OWN: '1' } }),
  };
  const app = { path: 'app.js', moduleUrl: 'file:///app.js', kind: 'handler' } as const;
  const { environment } = hostApp(server, app).command({
    host: '',
    port: 1,
    workers: 1,
    backlog: 1,
  });
  expect(environment).toEqual({ OWN: '1', HANDLER: app.moduleUrl, FETCH_HANDLER: '' });
});

test('a prefork worker serves one request at a time, whatever a Fetch handler awaits', async () => {
  const url = await start(
    prefork,
    'fetch',
    `let inside = 0;
    export default async () => {
      inside += 1;
      const most = inside;
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
      return new Response(String(most));
    };`,
  );
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(url, '/')));
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 6 }, () => '1'));
});

test('prefork refuses to run a handler that awaits anything but its runtime', async () => {
  const url = await start(
    prefork,
    'handler',
    `export async function handler({ target }, runtime) {
      if (target === '/timer') await new Promise((resolve) => setTimeout(resolve, 20));
      await runtime.wait(20);
      return { status: 200, body: 'done' };
    }`,
  );
  expect((await ask(url, '/timer')).body).toContain('prefork cannot block for what it awaits');
  expect(await ask(url, '/runtime')).toMatchObject({ status: 200, body: 'done' });
});
