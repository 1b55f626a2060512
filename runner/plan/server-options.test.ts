import { expect, test } from '@jest/globals';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { pool } from '../../servers/pool/server.ts';
import { givenOptions, refuseUnknownOptions, settleOptions } from './server-options.ts';

test('an option given is told to the server that knows it, by its variable', () => {
  const given = givenOptions({ model: 'pool', queueLimit: '100', quick: true });
  expect(settleOptions(pool, given)).toEqual({
    options: { 'queue-limit': 100 },
    environment: { QUEUE_LIMIT: '100' },
  });
  expect(settleOptions(eventLoop, given)).toEqual({ options: {}, environment: {} });
});

test('what is not given is not told', () => {
  expect(settleOptions(pool, givenOptions({}))).toEqual({ options: {}, environment: {} });
});

test('a value that is no count is refused by the name of its flag', () => {
  expect(() => settleOptions(pool, { netpollers: 'two' })).toThrow(
    '--netpollers must be a whole number from 1 to 1000; "two" is not.',
  );
});

test('an option is refused when none of the servers knows it, and else taken by those that do', () => {
  const given = { netpollers: '2' };
  expect(() => refuseUnknownOptions([eventLoop], given)).toThrow(
    '--netpollers means nothing to event-loop: it is for pool.',
  );
  expect(() => refuseUnknownOptions([eventLoop, pool], given)).not.toThrow();
});
