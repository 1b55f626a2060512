import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { ask } from './conformance/check.ts';
import { customServer } from './custom.ts';
import { launch } from './launch/launch.ts';
import { choosePort } from './launch/ports.ts';

const source =
  "require('node:http').createServer((_, response) => response.end(process.env.GREETING)).listen(process.env.PORT, process.env.HOST)";

test('a command line may set variables before the program, and may quote', async () => {
  const commandLine = `GREETING='good morning' '${process.execPath}' -e "${source}"`;
  const server = customServer({ name: 'own', commandLine, readyPath: '/' });
  const options = { host: '127.0.0.1', port: await choosePort(), workers: 1, backlog: 128 };
  const running = await launch(server, options);
  const { body } = await ask(running.url, '/');
  await running.stop();
  expect(body).toBe('good morning');
});

const versionOf = (commandLine: string) => customServer({ name: 'own', commandLine }).probe();

test("the version of a custom server is its language's, from PATH", async () => {
  const { PATH: path = '' } = process.env;
  process.env['PATH'] = dirname(process.execPath);
  try {
    expect(await versionOf('PORT=1 node server.js --port 1')).toEqual({
      available: true,
      version: `node ${process.version}`,
    });
  } finally {
    process.env['PATH'] = path;
  }
  expect(await versionOf(`'${process.execPath}' server.js`)).toMatchObject({
    version: `node ${process.version}`,
  });
});

test('the version is unknown if the command line sets a PATH of its own', async () => {
  const commandLine = 'PATH=/opt/node20/bin:$PATH node server.js';
  expect(await versionOf(commandLine)).toMatchObject({ version: commandLine });
});

test.each(['./node-like-server --port 1', 'no-such-program', 'http://127.0.0.1:3000'])(
  'a program that might start to serve if run with --version is not run: %s',
  async (commandLine) => {
    expect(await versionOf(commandLine)).toMatchObject({ version: commandLine });
  },
);
