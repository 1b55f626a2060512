import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { servers } from './index.ts';
import { launch } from './launch/launch.ts';
import { choosePort } from './launch/ports.ts';
import type { LaunchOptions, Server } from './server.ts';
import { exitCodes } from './server.ts';

const host = '127.0.0.1';

/** Starts a model's process; resolves with its exit code and its output. */
async function endOf(server: Server, environment: Record<string, string>) {
  const options: LaunchOptions = { host, port: 1, workers: 1, backlog: 1 };
  const { program, arguments: words } = server.command(options);
  const contract = { HOST: host, PORT: '1', WORKERS: '2', BACKLOG: '128' };
  const child = spawn(program, words, { env: { ...process.env, ...contract, ...environment } });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  await once(child, 'close');
  return { code: child.exitCode, output: output.join('') };
}

describe.each(servers.filter(({ kind }) => kind === 'model'))('$name', (server) => {
  test('ends with a message and its own status when its port is taken', async () => {
    const other = createServer().listen(0, host);
    await once(other, 'listening');
    const port = String((other.address() as { port: number }).port);
    const end = await endOf(server, { PORT: port });
    other.close();
    expect(end).toEqual({
      code: exitCodes.portTaken,
      output: `port ${port} on 127.0.0.1 is taken\n`,
    });
  });

  test('ends with a message that names the wrong variable', async () => {
    expect(await endOf(server, { WORKERS: 'two' })).toEqual({
      code: exitCodes.badEnvironment,
      output: 'WORKERS must be a whole number from 1 to 10000, not "two"\n',
    });
  });

  test('does not wait on SIGTERM for clients that have sent nothing', async () => {
    const running = await launch(server, {
      host,
      port: await choosePort(),
      workers: 2,
      backlog: 128,
    });
    const port = Number(new URL(running.url).port);
    const silent = Array.from({ length: 8 }, () =>
      connect(port, host).on('error', () => undefined),
    );
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    // By now the server has accepted them, which a client cannot see.
    await delay(200);
    await running.stop();
    for (const socket of silent) socket.destroy();
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });

  test('prints nothing', async () => {
    const running = await launch(server, {
      host,
      port: await choosePort(),
      workers: 2,
      backlog: 128,
    });
    await fetch(`${running.url}/nope`);
    await running.stop();
    expect(running.outputTail()).toBe('');
  });
});
