import { expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { parsePaths, parseTargetUrl, readCustomServers } from './custom-servers.ts';
import type { Request } from './requests.ts';

test.each(['nonsense', 'ftp://localhost/', 'localhost:3000'])(
  '%s is no URL of a server that can be loaded',
  (text) => {
    expect(() => parseTargetUrl(text, false)).toThrow(UsageError);
  },
);

test('another machine is loaded only if that is allowed', () => {
  expect(() => parseTargetUrl('http://192.0.2.1/', false)).toThrow('--allow-remote');
  expect(parseTargetUrl('http://192.0.2.1:81/x', true)).toEqual({
    origin: 'http://192.0.2.1:81',
    path: '/x',
  });
});

const flags = {
  exec: ['a', 'b'],
  url: ['http://localhost:1/x?y=1'],
  path: [],
  requests: [],
  headers: {},
  allowRemote: false,
};

test('names belong to commands first, then to URLs; without a name, the command or URL is the name', () => {
  const named = (name: string[]) =>
    readCustomServers({ ...flags, name }, 1).map((server) => server.name);
  expect(named(['one', 'two', 'three'])).toEqual(['one', 'two', 'three']);
  expect(named(['one'])).toEqual(['one', 'b', 'http://localhost:1/x?y=1']);
});

test('a server gets the path of --path, or else of its URL', () => {
  const paths = (path: string[]) =>
    readCustomServers({ ...flags, name: [], path }, 1).map(({ readyPath }) => readyPath);
  expect(paths([])).toEqual([undefined, undefined, '/x?y=1']);
  expect(paths(['/z'])).toEqual(['/z', '/z', '/z']);
});

test('a path has variables, which are checked, and is requested as it was typed', () => {
  process.env['PATH_KEY'] = 'k3y-of-the-test';
  const pathOf = (url: string) => parseTargetUrl(url, false).path;
  expect(pathOf('http://localhost:1/a/../b?key=${PATH_KEY}')).toBe('/a/../b?key=${PATH_KEY}');
  expect(pathOf('http://localhost:1?x')).toBe('/?x');
  expect(pathOf('http://localhost:1/')).toBeUndefined();
  expect(() => pathOf('http://localhost:1/${ABSENT_VARIABLE}')).toThrow('is not set');
  const paths = ['/${ABSENT_VARIABLE}', '/\\host', '/a#b', '//host'];
  for (const path of paths) expect(() => parsePaths([path])).toThrow(/^--path (?:refers|must be)/);
});

test('a name does not contain what a variable has', () => {
  process.env['PATH_KEY'] = 'k3y-of-the-test';
  parsePaths(['/${PATH_KEY}']);
  const [server] = readCustomServers({ ...flags, exec: ['a k3y-of-the-test'], name: [] }, 1);
  expect(server?.name).toBe('a ${PATH_KEY}');
});

test('a server with requests is ready when it answers the first GET, or anything without one', () => {
  const readyPath = (...requests: Partial<Request>[]) =>
    readCustomServers(
      {
        ...flags,
        url: [],
        name: [],
        requests: requests.map((one) => ({ path: '/', weight: 1, ...one })),
      },
      1,
    )[0]?.readyPath;
  expect(readyPath({ path: '/a', method: 'POST' }, { path: '/b' })).toBe('/b');
  expect(readyPath({ path: '/a', body: '{}' }, { path: '/b?key=${KEY}' })).toBeNull();
});
