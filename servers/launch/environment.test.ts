import { expect, test } from '@jest/globals';
import { customServer } from '../custom.ts';
import { eventLoop } from '../event-loop/server.ts';
import { userEnvironment, withoutSecrets } from './environment.ts';
import { toProgram } from './program.ts';

const options = { host: '127.0.0.1', port: 1, workers: 1, backlog: 1 };

test('of an environment, what is not known to be harmless is left out', () => {
  const environment = {
    PATH: '/bin',
    LC_ALL: 'C',
    NPM_TOKEN: 'x',
    DATABASE_URL: 'x',
    AWS_SECRET: 'x',
    // The queueing models count on libuv's default of four threads.
    UV_THREADPOOL_SIZE: '16',
  };
  expect(withoutSecrets(environment)).toEqual({ PATH: '/bin', LC_ALL: 'C' });
});

test('a model gets no secret of the environment, and a server of the user gets all of it', () => {
  process.env['SOME_TOKEN'] = 'secret';
  try {
    const model = toProgram('model', eventLoop.command(options), options);
    expect(model.environment).not.toHaveProperty('SOME_TOKEN');
    expect(model.environment).toHaveProperty('PATH');
    const own = customServer({ name: 'own', commandLine: 'node server.js' });
    expect(toProgram('own', own.command(options), options).environment).toHaveProperty(
      'SOME_TOKEN',
      'secret',
    );
  } finally {
    delete process.env['SOME_TOKEN'];
  }
});

test('a program of the user finds others as in the shell that npm or npx was started from', () => {
  const npms = '/app/node_modules/.bin:/node_modules/.bin:/usr/lib/npm/lib/node-gyp-bin';
  const inShell = { PATH: '/home/me/bin:/usr/bin', TOKEN: 'x' };
  expect(userEnvironment(inShell)).toEqual(inShell);
  const inNpm = { ...inShell, PATH: `${npms}:${inShell.PATH}`, npm_execpath: '/usr/bin/npm' };
  expect(userEnvironment(inNpm)).toEqual({ ...inNpm, PATH: `${inShell.PATH}:${npms}` });
});
