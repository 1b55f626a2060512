import leven from 'leven';
import { UsageError } from '../errors.ts';

interface Named {
  readonly name: string;
}

/**
 * The item of a registry that has the name.
 *
 * @param kind what the message calls the item: 'model', 'workload'
 * @throws UsageError that suggests the nearest name
 */
export function findByName<Item extends Named>(
  kind: string,
  registry: readonly Item[],
  name: string,
): Item {
  const found = registry.find((item) => item.name === name);
  if (found) return found;
  const names = registry.map((item) => item.name);
  const [nearest] = names.toSorted((a, b) => leven(a, name) - leven(b, name));
  const suggestion =
    nearest && leven(nearest, name) <= Math.max(2, name.length / 2)
      ? ` Did you mean "${nearest}"?`
      : '';
  throw new UsageError(
    `There is no ${kind} named "${name}".${suggestion} There are: ${names.join(', ')}.`,
  );
}
