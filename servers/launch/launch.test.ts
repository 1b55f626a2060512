import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { LaunchOptions, Server } from '../server.ts';
import { LaunchError, launch } from './launch.ts';
import { markedProcesses } from './launched-processes.ts';
import { choosePort } from './ports.ts';
import { groupIsAlive, signalGroup } from './process-group.ts';

const answering = `
  const server = require('node:http').createServer((request, response) => response.end('ok\\n'));
  server.listen(process.env.PORT, process.env.HOST);
  process.once('SIGTERM', () => server.close());
`;

const program = (name: string, ...args: string[]): Server => ({
  name: 'test server',
  kind: 'reference',
  summary: '',
  keepAlive: true,
  workerUnit: 'process',
  defaultWorkers: () => 1,
  probe: async () => ({ available: true, version: '' }),
  command: () => ({ program: name, arguments: args }),
});
const script = (code: string) => program(process.execPath, '-e', code);

async function options(): Promise<LaunchOptions> {
  return { host: '127.0.0.1', port: await choosePort(), workers: 1, backlog: 128 };
}

const refusal = async (launching: Promise<unknown>): Promise<LaunchError> => {
  const error: unknown = await launching.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof LaunchError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

test('a server is ready when launch resolves, has the reported pid, and ends with status 0 when stopped', async () => {
  const server = await launch(
    script(`${answering} console.log(process.pid, process.env.WORKERS)`),
    await options(),
  );
  expect(await (await fetch(server.url)).text()).toBe('ok\n');
  await server.stop();
  expect(server.outputTail()).toBe(`${server.pid} 1`);
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(groupIsAlive(server.pid)).toBe(false);
  await server.stop();
});

test('a server that ignores SIGTERM is killed with its children after the grace period', async () => {
  const server = await launch(
    script(`
      require('node:child_process').spawn('sh', ['-c', 'trap "" TERM; sleep 60; sleep 60']);
      ${answering}
      process.removeAllListeners('SIGTERM').on('SIGTERM', () => {});
    `),
    await options(),
    { graceMs: 50 },
  );
  await server.stop();
  expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(groupIsAlive(server.pid)).toBe(false);
});

test('child processes of a server that dies are killed', async () => {
  const server = await launch(
    script(`
      require('node:child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
      ${answering}
      process.once('SIGUSR2', () => process.exit(3));
    `),
    await options(),
  );
  process.kill(server.pid, 'SIGUSR2');
  expect(await server.exited).toEqual({ code: 3, signal: null });
  expect(groupIsAlive(server.pid)).toBe(false);
});

/** Starts a daemon in a session of its own, whose parent has ended, before it answers. */
const withDaemon = `
  const { spawnSync } = require('node:child_process');
  spawnSync('setsid', ['sh', '-c', 'trap "" TERM HUP INT; (sleep 60; sleep 60) >/dev/null 2>&1 &']);
`;

/** A runner in a process of its own, with a server; resolves when that is ready. */
async function runnerOf(code: string) {
  const runner = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
        import { launch } from ${JSON.stringify(new URL('./launch.ts', import.meta.url).href)};
        const code = ${JSON.stringify(code)};
        const server = await launch({ name: 'orphan', command: () => ({ program: process.execPath, arguments: ['-e', code] }) },
          ${JSON.stringify(await options())});
        console.log(server.pid, await (await fetch(server.url)).text());
      `,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface(runner.stdout), 'line');
  const [group, mark = ''] = String(line).split(' ');
  return { runner, group: Number(group), mark };
}

/** Answers with the mark of its launch. */
const answeringMark = answering.replace("'ok\\n'", 'process.env.BENCH_LAUNCH');

test('no process of a server is left when its runner is killed', async () => {
  const { runner, group } = await runnerOf(`
    const { spawn } = require('node:child_process');
    spawn('sh', ['-c', 'trap "" TERM HUP INT; sleep 60 & sleep 60']);
    ${answering}
    process.on('SIGTERM', () => {}).on('SIGHUP', () => {});
  `);
  expect(groupIsAlive(group)).toBe(true);
  runner.kill('SIGKILL');
  await once(runner, 'exit');
  for (let wait = 0; wait < 200 && groupIsAlive(group); wait += 1) await delay(10);
  const left = groupIsAlive(group);
  signalGroup(group, 'SIGKILL');
  expect(left).toBe(false);
});

test('megabytes of output do not block a server, and only the end is kept', async () => {
  const server = await launch(
    script(`
      const { writeSync } = require('node:fs');
      for (let line = 0; line < 300_000; line += 1) writeSync(1, 'a line of some output, number ' + line + '\\n');
      ${answering}
    `),
    await options(),
  );
  await server.stop();
  expect(server.outputTail()).toMatch(/number 299999$/);
  expect(server.outputTail().length).toBeLessThan(20_000);
});

test('a missing program is named', async () => {
  const error = await refusal(launch(program('no-such-program'), await options()));
  expect(error.failure).toBe('program-not-found');
  expect(error.message).toMatch(/test server: no-such-program not found/);
});

test('a taken port is reported without a request to the program that listens there', async () => {
  const other = createServer((_, response) => response.end('ok\n'));
  const where = await options();
  other.listen(where.port, where.host);
  await once(other, 'listening');
  const error = await refusal(launch(script(answering), where));
  other.close();
  expect(error.failure).toBe('port-taken');
  expect(error.message).toContain(`port ${where.port} on 127.0.0.1 is taken`);
});

test('a port that is taken while the server boots is recognised by what the server prints', async () => {
  const error = await refusal(
    launch(
      script(`console.error('bind: address already in use'); process.exit(1)`),
      await options(),
    ),
  );
  expect(error.failure).toBe('port-taken');
});

test('a server that dies at boot is reported with its status and its last output', async () => {
  const error = await refusal(
    launch(script(`console.error('no database here'); process.exitCode = 7`), await options()),
  );
  expect(error.failure).toBe('died-at-boot');
  expect(error.message).toBe(
    'test server exited with status 7 before it was ready. Its last output:\n  no database here',
  );
});

test('a server that never becomes ready is killed', async () => {
  const error = await refusal(
    launch(
      script(`
        console.log(process.pid);
        require('node:http').createServer((request, response) => response.writeHead(503).end())
          .listen(process.env.PORT);
      `),
      await options(),
      { readyWithinMs: 1_000 },
    ),
  );
  expect(error.failure).toBe('never-ready');
  expect(error.message).toMatch(/was not ready within 1 s: GET .*\/healthz got: status 503/);
  const pid = Number(error.message.split('\n').at(-1));
  expect(groupIsAlive(pid)).toBe(false);
});

test('a server that is never ready is refused with the reason', async () => {
  const listen = `const listen = (answer) => require('node:net').createServer(answer).listen(process.env.PORT);`;
  const reasonOf = async (code: string) => {
    const launching = launch(script(listen + code), await options(), { readyWithinMs: 3_000 });
    return /got: (.*)\./.exec((await refusal(launching)).message)?.[1];
  };
  const reasons = await Promise.all(
    [
      'setInterval(() => {}, 1000)',
      "listen((socket) => socket.write('SSH-2.0'))",
      'listen((socket) => socket.destroy())',
      "listen((socket) => socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nok'))",
      'listen(() => {})',
    ].map(reasonOf),
  );
  expect(reasons).toEqual([
    'connection refused',
    'the answer is not HTTP (Parse Error: Expected HTTP/, RTSP/ or ICE/)',
    'the connection was closed before an answer',
    'the answer was cut off',
    'no answer within 1 s',
  ]);
});

test('a server that does not have the path of readiness is given up early', async () => {
  const error = await refusal(
    launch(
      script(`
        require('node:http').createServer((request, response) => response.writeHead(404).end())
          .listen(process.env.PORT);
      `),
      await options(),
      { readyWithinMs: 60_000 },
    ),
  );
  expect(error.failure).toBe('never-ready');
  expect(error.message).toMatch(/was not ready: GET .*\/healthz got status 404 for 3 s/);
});

test('a launch can be cancelled', async () => {
  const reason = new Error('interrupted');
  const interrupt = new AbortController();
  const launching = launch(script('setInterval(() => {}, 1000)'), await options(), {
    signal: interrupt.signal,
  });
  setTimeout(() => interrupt.abort(reason), 100);
  await expect(launching).rejects.toBe(reason);
});

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
describeOnLinux('on Linux (skipped elsewhere: no daemon is found, no CPU is pinned)', () => {
  test('a daemon that a server has started ends with the server', async () => {
    const server = await launch(script(withDaemon + answeringMark), await options());
    const mark = await (await fetch(server.url)).text();
    // The server, the shell of the daemon and its sleep.
    expect(markedProcesses(mark).length).toBeGreaterThanOrEqual(3);
    await server.stop();
    expect(markedProcesses(mark)).toEqual([]);
  });

  test('a daemon that a server has started ends when the runner is killed', async () => {
    const { runner, mark } = await runnerOf(withDaemon + answeringMark);
    expect(markedProcesses(mark).length).toBeGreaterThanOrEqual(3);
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    for (let wait = 0; wait < 500 && markedProcesses(mark).length > 0; wait += 1) await delay(10);
    const left = markedProcesses(mark);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(left).toEqual([]);
  });

  test('a server can be pinned to CPUs', async () => {
    const server = await launch(
      script(`${answering} console.log('CPUs', require('node:os').availableParallelism())`),
      { ...(await options()), cpus: [0] },
    );
    await server.stop();
    expect(server.outputTail()).toBe('CPUs 1');
  });
});
