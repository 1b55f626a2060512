import { allowedMethods, endpoints, queryParametersOf } from '../../workloads/endpoints.ts';
import type { WholeNumber } from '../../workloads/parameters.ts';
import type { Body } from '../../workloads/runtime.ts';
import type { Endpoint } from '../../workloads/workload.ts';
import { type Check, type Expected, expectAnswer } from './check.ts';

const ok = (target: string, body: Body): Expected => ({ target, status: 200, body });
const bad = (target: string, message: string): Expected => ({
  target,
  status: 400,
  body: `${message}\n`,
});

type Choice = 'minimum' | 'default';

/** The request of an endpoint with the smallest or the default values of its parameters, and the right answer. */
function requestOf(endpoint: Endpoint, choice: Choice): Expected & { readonly sent?: Body } {
  const { path, body: sent, expectedBody } = endpoint.requests(valuesOf(endpoint, choice))[0] ?? {};
  if (path === undefined || !expectedBody) throw new Error(`${endpoint.name} has no request`);
  const posted = sent !== undefined && { method: 'POST', sent };
  return { target: path, status: 200, body: expectedBody, ...posted };
}

function valuesOf({ parameters }: Endpoint, choice: Choice): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, limits]) => [name, limits[choice]]),
  );
}

/** A query with the smallest value of each parameter, in the format of `write`. */
function smallestQuery(endpoint: Endpoint, write: (name: string, value: string) => string): string {
  return Object.entries(valuesOf(endpoint, 'minimum'))
    .map(([name, value]) => write(name, String(value)))
    .join('&');
}

const percentEncode = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

function goodQueries(endpoint: Endpoint): Expected[] {
  const path = `/${endpoint.name}`;
  const plain = smallestQuery(endpoint, (name, value) => `${name}=${value}`);
  const queries = [
    plain,
    plain.split('&').toReversed().join('&'),
    `&&${plain}&`,
    smallestQuery(endpoint, (name, value) => `${name}=000${value}`),
    smallestQuery(endpoint, (name, value) => `${name}=${'0'.repeat(400)}${value}`),
    smallestQuery(endpoint, (name, value) => `${percentEncode(name)}=${percentEncode(value)}`),
  ];
  const request = requestOf(endpoint, 'minimum');
  return queries.map((query) => ({ ...request, target: `${path}?${query}` }));
}

const outOfRange = (name: string, { minimum, maximum }: WholeNumber) =>
  `${name} must be a whole number from ${minimum} to ${maximum}`;

function badValues(endpoint: Endpoint, name: string, limits: WholeNumber): Expected[] {
  const { minimum, maximum } = limits;
  const malformed = ['', '-1', '%2B5', '+5', '5+', '1.5', '1e3', '0x10', '%205', '5%0A', '5%00'];
  const otherNotations = ['%D9%A5', '%EF%BC%95', '%zz', '%', '5;x=1', '5%26', '1_0', 'NaN', '٥'];
  const outside = [`${maximum + 1}`, '9'.repeat(400), '18446744073709551616', '4294967296'];
  const below = minimum > 0 ? [`${minimum - 1}`] : [];
  const message = outOfRange(name, limits);
  return [
    bad(`/${endpoint.name}?${name}`, message),
    ...[...malformed, ...otherNotations, ...outside, ...below].map((value) =>
      bad(`/${endpoint.name}?${name}=${encodeURI(value).replaceAll('%25', '%')}`, message),
    ),
  ];
}

function repeated({ name: path }: Endpoint, name: string, { minimum }: WholeNumber): Expected[] {
  const message = `${name} is given more than once`;
  return [
    `${name}=${minimum}&${name}=${minimum}`,
    `${name}=x&${name}=y`,
    `${name}&${percentEncode(name)}`,
  ].map((query) => bad(`/${path}?${query}`, message));
}

function unknownParameters(endpoint: Endpoint): Expected[] {
  const names = Object.keys(queryParametersOf(endpoint));
  const message = `unknown parameter; /${endpoint.name} takes ${names.join(', ') || 'none'}`;
  const request = requestOf(endpoint, 'minimum');
  const queries = ['nope=1', 'nope', '=5', '%zz=1', '__proto__=1', 'constructor=1', 'N=1'];
  const beforeValues = names.map((name) => `${name}=x&${name}=y&nope=1`);
  return [...queries, ...beforeValues].map((query) => ({
    ...request,
    ...bad(`/${endpoint.name}?${query}`, message),
  }));
}

/** If two parameters have bad values, the message names the first one in the contract's table. */
function inOrder({ name, parameters }: Endpoint): Expected[] {
  const [first, second] = Object.entries(parameters);
  if (!first || !second) return [];
  const message = outOfRange(...first);
  return [`${first[0]}=x&${second[0]}=x`, `${second[0]}=1&${second[0]}=1&${first[0]}=x`].map(
    (query) => bad(`/${name}?${query}`, message),
  );
}

const unknownPaths = [
  '/',
  '/nope',
  '/hello/',
  '/HELLO',
  '/%68ello',
  '//hello',
  '/hello%3F',
  '/hello/x',
];
const notFound = { status: 404, body: 'not found\n' };
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const notAllowed = { status: 405, body: 'method not allowed\n' };

const checkEach = async (url: string, expected: readonly Expected[]) => {
  for (const each of expected) await expectAnswer(url, each);
};

const table = (name: string, expected: readonly Expected[]): Check => ({
  name,
  run: ({ url }) => checkEach(url, expected),
});

/** The rules for one endpoint; the answers are computed only if a server serves it. */
function checksOf(endpoint: Endpoint): Check[] {
  const path = `/${endpoint.name}`;
  const about = (rule: string, expect: () => readonly Expected[]): Check => ({
    name: `${path} ${rule}`,
    endpoint: endpoint.name,
    run: ({ url }) => checkEach(url, expect()),
  });
  const parameters = Object.entries(queryParametersOf(endpoint));
  const each = (expect: typeof badValues) => () =>
    parameters.flatMap(([name, limits]) => expect(endpoint, name, limits));
  const always = [
    about('is answered byte for byte, with defaults for missing parameters', () => {
      const request = requestOf(endpoint, 'default');
      return [request, { ...request, target: path }, { ...request, target: `${path}?` }];
    }),
    about('refuses unknown parameters before it checks the known ones', () =>
      unknownParameters(endpoint),
    ),
    about('refuses other methods before it checks the parameters', () =>
      [path, `${path}?nope=1`].flatMap((target) => refusals(target, endpoint)),
    ),
  ];
  if (parameters.length === 0) return always;
  return [
    ...always,
    about('reads parameters in any order, with leading zeros, percent-encoded', () =>
      goodQueries(endpoint),
    ),
    about('refuses values that are malformed or out of range', each(badValues)),
    about('refuses a repeated parameter before it checks the values', each(repeated)),
    about('checks the parameters in the order of the contract', () => inOrder(endpoint)),
  ];
}

function refusals(target: string, endpoint?: Endpoint): Expected[] {
  const allowed = allowedMethods(endpoint);
  return methods
    .filter((method) => !allowed.includes(method))
    .map((method) => ({ target, method, ...notAllowed, allow: allowed.join(', ') }));
}

/** The answers to single requests: bodies byte for byte, refusals word for word. */
export const answerChecks: readonly Check[] = [
  table('answers /healthz when it is ready, whatever the query', [
    ok('/healthz', 'ok\n'),
    ok('/healthz?x=1&x=%zz', 'ok\n'),
  ]),
  table('refuses methods other than GET and HEAD for /healthz', refusals('/healthz')),
  table(
    'answers 404 to all other paths, compared byte for byte, whatever the method',
    unknownPaths.flatMap((target) => [
      { target, ...notFound },
      { target, method: 'POST', ...notFound },
    ]),
  ),
  ...endpoints.flatMap(checksOf),
  {
    ...table('/cpu repeats a computation as often as requested, and adds up the results', [
      ok('/cpu?n=20&times=2', '2 * fib(20) = 13530\n'),
      ok('/cpu?times=1&n=20', 'fib(20) = 6765\n'),
      ok('/cpu?n=1&times=100000', '100000 * fib(1) = 100000\n'),
    ]),
    endpoint: 'cpu',
  },
];
