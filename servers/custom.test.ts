import { expect, test } from '@jest/globals';
import { ask } from './conformance/exchange.ts';
import { customServer } from './custom.ts';
import { choosePort } from './launch/choose-port.ts';
import { launch } from './launch/launch.ts';

const source =
  "require('node:http').createServer((_, response) => response.end(process.env.GREETING)).listen(process.env.PORT, process.env.HOST)";

test('a command line may set variables before the program, and quote', async () => {
  const commandLine = `GREETING='good morning' '${process.execPath}' -e "${source}"`;
  const server = customServer({ name: 'own', commandLine, readyPath: '/' });
  const options = { host: '127.0.0.1', port: await choosePort(), workers: 1, backlog: 128 };
  const running = await launch(server, options);
  const { body } = await ask(running.url, '/');
  await running.stop();
  expect(body).toBe('good morning');
});
