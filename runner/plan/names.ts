import leven from 'leven';
import { UsageError } from '../errors.ts';

interface Named {
  readonly name: string;
}

/**
 * The item of a registry that has the name.
 *
 * @param kind what the message calls the item: 'model', 'workload'
 * @throws UsageError that suggests the closest name, or one that begins with it
 */
export function findByName<Item extends Named>(
  kind: string,
  registry: readonly Item[],
  name: string,
): Item {
  const found = registry.find((item) => item.name === name);
  if (found) return found;
  const names = registry.map((item) => item.name);
  const [closest] = names.toSorted((a, b) => leven(a, name) - leven(b, name));
  const isClose = closest && leven(closest, name) <= Math.max(2, name.length / 2);
  const meant = isClose ? closest : names.find((known) => known.startsWith(name));
  throw new UsageError(
    `unknown ${kind} "${name}"${meant ? `; did you mean ${meant}?` : '.'} Known: ${names.join(', ')}.`,
  );
}
