import * as fc from 'fast-check';
import { golden, goldenNames } from '../golden/documents.ts';

/** Text that shows where it is not escaped. */
export const markup = '<xss-a><script>alert(1)</script>"\'`</script></style><!--|\r\n\u001b[2J';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
/** Where in a document, as thousandths of the number of entries at each level, and what is put there. */
interface Mutation {
  readonly path: readonly number[];
  readonly kind: 'replace' | 'fit' | 'scale' | 'delete' | 'repeat' | 'empty';
  readonly text: string;
  readonly number: number;
  readonly value: Json;
}

const texts = fc.oneof(
  fc.constantFrom(markup, '', 'x'.repeat(5000), '__proto__', 'pool', 'io', 'light', '-1', '\u202e'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const numbers = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.5, 1e-300, 1e15, Number.MAX_VALUE, 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 8, size: 'max' }),
  kind: fc.constantFrom(
    'replace',
    'replace',
    'fit',
    'fit',
    'fit',
    'scale',
    'delete',
    'repeat',
    'empty',
  ),
  text: texts,
  number: numbers,
  value: fc.constantFrom<Json>(null, true, [], {}),
});

/** A copy with one change, at the deepest place that the path reaches. */
export function mutated(node: Json, mutation: Mutation): Json {
  const { path, kind } = mutation;
  if (typeof node !== 'object' || node === null) return leafInstead(node, mutation);
  const [share = 0, ...rest] = path;
  const all = Object.entries(node);
  const deep = all.filter(([, child]) => typeof child === 'object' && child !== null);
  const entries = rest.length > 0 && deep.length > 0 ? deep : all;
  const entry = entries[Math.floor((share / 1000) * entries.length)];
  if (!entry) return mutation.value;
  const [key, child] = entry;
  const isDeep = typeof child === 'object' && child !== null;
  if (isDeep && rest.length > 0)
    return withEntry(node, key, mutated(child, { ...mutation, path: rest }));
  if (kind === 'delete') return without(node, key);
  if (kind === 'repeat' && Array.isArray(node)) return [...node, child];
  if (kind === 'empty' && isDeep) return withEntry(node, key, Array.isArray(child) ? [] : {});
  return withEntry(node, key, isDeep ? child : leafInstead(child, mutation));
}

/** A text instead of a text and a number instead of a number passes the schema more often than any value. */
function leafInstead(leaf: Json, { kind, text, number, value }: Mutation): Json {
  if (kind === 'replace') return value;
  if (typeof leaf === 'number') return kind === 'scale' ? Math.round(leaf * 1000) : number;
  return typeof leaf === 'string' ? text : value;
}

function withEntry(node: Json, key: string, child: Json): Json {
  if (Array.isArray(node)) return node.with(Number(key), child);
  return { ...(node as { readonly [key: string]: Json }), [key]: child };
}

function without(node: Json, key: string): Json {
  if (Array.isArray(node)) return node.toSpliced(Number(key), 1);
  return Object.fromEntries(Object.entries(node as object).filter(([name]) => name !== key));
}

const originals = new Map(goldenNames.map((name) => [name, JSON.stringify(golden(name))]));
/** Run documents of every kind with one to three random changes, as text. */
export const mutatedDocument = fc
  .tuple(fc.constantFrom(...goldenNames), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([name, mutations]) => {
    const original: Json = JSON.parse(originals.get(name) ?? '');
    return { name, text: JSON.stringify(mutations.reduce(mutated, original)) };
  });
