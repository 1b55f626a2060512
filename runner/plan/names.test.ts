import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { findByName } from './names.ts';

const models = [{ name: 'event-loop' }, { name: 'prefork' }, { name: 'pool' }];

test('a name finds its item', () => {
  expect(findByName('model', models, 'pool')).toBe(models[2]);
});

test('a misspelt name suggests the nearest', () => {
  expect(() => findByName('model', models, 'prefrok')).toThrow(UsageError);
  expect(() => findByName('model', models, 'prefrok')).toThrow('did you mean prefork?');
});

test('a name like no other lists what there is, without a suggestion', () => {
  const find = () => findByName('model', models, 'xyzzyxyzzy');
  expect(find).toThrow('unknown model "xyzzyxyzzy". Known: event-loop, prefork, pool.');
  expect(find).not.toThrow('did you mean');
});

test('the beginning of a name suggests the whole', () => {
  const find = () => findByName('model', [{ name: 'uwsgi-django' }, { name: 'go-net-http' }], 'go');
  expect(find).toThrow('unknown model "go"; did you mean go-net-http?');
});
