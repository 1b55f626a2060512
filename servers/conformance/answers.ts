import { workloads } from '../../workloads/index.ts';
import type { WholeNumber } from '../../workloads/parameters.ts';
import type { Workload } from '../../workloads/workload.ts';
import { type Check, type Expected, expectAnswer } from './check.ts';

/** Workloads with an endpoint of their own. */
const served = workloads.filter((workload) => workload.handle !== undefined);
const withParameters = served.filter(({ parameters }) => Object.keys(parameters).length > 0);

const ok = (target: string, body: string): Expected => ({ target, status: 200, body });
const bad = (target: string, message: string): Expected => ({
  target,
  status: 400,
  body: `${message}\n`,
});

type Choice = 'minimum' | 'default';

/** The right answer of a workload to the smallest or the default values of its parameters. */
function bodyOf(workload: Workload, choice: Choice): string {
  const body = workload.requests(valuesOf(workload, choice))[0]?.expectedBody;
  if (typeof body !== 'string') throw new Error(`${workload.name} has no expected body`);
  return body;
}

function valuesOf({ parameters }: Workload, choice: Choice): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, limits]) => [name, limits[choice]]),
  );
}

/** A query with the smallest value of each parameter, in the format of `write`. */
function smallestQuery(workload: Workload, write: (name: string, value: string) => string): string {
  return Object.entries(valuesOf(workload, 'minimum'))
    .map(([name, value]) => write(name, String(value)))
    .join('&');
}

const percentEncode = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

function goodQueries(workload: Workload): Expected[] {
  const path = `/${workload.name}`;
  const plain = smallestQuery(workload, (name, value) => `${name}=${value}`);
  const queries = [
    plain,
    plain.split('&').toReversed().join('&'),
    `&&${plain}&`,
    smallestQuery(workload, (name, value) => `${name}=000${value}`),
    smallestQuery(workload, (name, value) => `${name}=${'0'.repeat(400)}${value}`),
    smallestQuery(workload, (name, value) => `${percentEncode(name)}=${percentEncode(value)}`),
  ];
  return queries.map((query) => ok(`${path}?${query}`, bodyOf(workload, 'minimum')));
}

const outOfRange = (name: string, { minimum, maximum }: WholeNumber) =>
  `${name} must be a whole number from ${minimum} to ${maximum}`;

function badValues(workload: Workload, name: string, limits: WholeNumber): Expected[] {
  const { minimum, maximum } = limits;
  const malformed = ['', '-1', '%2B5', '+5', '5+', '1.5', '1e3', '0x10', '%205', '5%0A', '5%00'];
  const otherNotations = ['%D9%A5', '%EF%BC%95', '%zz', '%', '5;x=1', '5%26', '1_0', 'NaN', '٥'];
  const outside = [`${maximum + 1}`, '9'.repeat(400), '18446744073709551616', '4294967296'];
  const below = minimum > 0 ? [`${minimum - 1}`] : [];
  const message = outOfRange(name, limits);
  return [
    bad(`/${workload.name}?${name}`, message),
    ...[...malformed, ...otherNotations, ...outside, ...below].map((value) =>
      bad(`/${workload.name}?${name}=${encodeURI(value).replaceAll('%25', '%')}`, message),
    ),
  ];
}

function repeated({ name: path }: Workload, name: string, { minimum }: WholeNumber): Expected[] {
  const message = `${name} is given more than once`;
  return [
    `${name}=${minimum}&${name}=${minimum}`,
    `${name}=x&${name}=y`,
    `${name}&${percentEncode(name)}`,
  ].map((query) => bad(`/${path}?${query}`, message));
}

function unknownParameters(workload: Workload): Expected[] {
  const names = Object.keys(workload.parameters);
  const message = `unknown parameter; /${workload.name} takes ${names.join(', ') || 'none'}`;
  const queries = ['nope=1', 'nope', '=5', '%zz=1', '__proto__=1', 'constructor=1', 'N=1'];
  const beforeValues = names.map((name) => `${name}=x&${name}=y&nope=1`);
  return [...queries, ...beforeValues].map((query) => bad(`/${workload.name}?${query}`, message));
}

/** If two parameters have bad values, the message names the first one in the contract's table. */
function inOrder({ name, parameters }: Workload): Expected[] {
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
const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const notAllowed = { status: 405, body: 'method not allowed\n' };

const table = (name: string, expected: readonly Expected[]): Check => ({
  name,
  async run({ url }) {
    for (const each of expected) await expectAnswer(url, each);
  },
});

const eachParameter = (
  expect: (workload: Workload, name: string, limits: WholeNumber) => Expected[],
): Expected[] =>
  withParameters.flatMap((workload) =>
    Object.entries(workload.parameters).flatMap(([name, limits]) => expect(workload, name, limits)),
  );

/** The answers to single requests: bodies byte for byte, refusals word for word. */
export const answerChecks: readonly Check[] = [
  table('answers /healthz when it is ready, whatever the query', [
    ok('/healthz', 'ok\n'),
    ok('/healthz?x=1&x=%zz', 'ok\n'),
  ]),
  table(
    'answers every workload byte for byte, with defaults for missing parameters',
    served.flatMap((workload) => [
      ok(`/${workload.name}`, bodyOf(workload, 'default')),
      ok(`/${workload.name}?`, bodyOf(workload, 'default')),
    ]),
  ),
  table('repeats a computation as often as requested, and adds up the results', [
    ok('/cpu?n=20&times=2', '2 * fib(20) = 13530\n'),
    ok('/cpu?times=1&n=20', 'fib(20) = 6765\n'),
    ok('/cpu?n=1&times=100000', '100000 * fib(1) = 100000\n'),
  ]),
  table(
    'reads parameters in any order, with leading zeros, percent-encoded, between empty pairs',
    withParameters.flatMap(goodQueries),
  ),
  table('refuses values that are malformed or out of range', eachParameter(badValues)),
  table('refuses a repeated parameter before it checks the values', eachParameter(repeated)),
  table(
    'refuses unknown parameters before it checks the known ones',
    served.flatMap(unknownParameters),
  ),
  table('checks the parameters in the order of the contract', withParameters.flatMap(inOrder)),
  table(
    'answers 404 to all other paths, compared byte for byte, whatever the method',
    unknownPaths.flatMap((target) => [
      { target, ...notFound },
      { target, method: 'POST', ...notFound },
    ]),
  ),
  table(
    'refuses methods other than GET and HEAD before it checks the parameters',
    ['/healthz', ...served.flatMap(({ name }) => [`/${name}`, `/${name}?nope=1`])].flatMap(
      (target) => otherMethods.map((method) => ({ target, method, ...notAllowed })),
    ),
  ),
];
