import { type Random, shuffled } from './random.ts';

/**
 * The order of the servers in each block: a sequence of randomised Williams designs (E. J. Williams, "Experimental
 * designs balanced for the estimation of residual effects of treatments", 1949). A whole design has every server
 * equally often in every position and directly after every other server, so that neither drift nor after-effects favour
 * any. Two servers make ABBA or BAAB, three all six permutations. An incomplete design is still balanced for position
 * after every `names.length` blocks.
 *
 * @returns one permutation of `names` per block
 */
export function blockOrders(names: readonly string[], blocks: number, random: Random): string[][] {
  const orders: string[][] = [];
  while (names.length > 0 && orders.length < blocks) {
    orders.push(...randomisedWilliamsDesign(names, random));
  }
  return orders.slice(0, blocks);
}

/**
 * One design, with the names assigned at random; an odd number needs a second square, the mirror image of the first.
 */
function randomisedWilliamsDesign(names: readonly string[], random: Random): string[][] {
  const square = williamsSquare(shuffled(names, random));
  const first = shuffled(square, random);
  if (names.length % 2 === 0 || names.length === 1) return first;
  return [...first, ...shuffled(square, random).map((order) => order.toReversed())];
}

/** A Latin square whose rows are cyclic shifts of 0, 1, n−1, 2, n−2 … */
function williamsSquare(names: readonly string[]): string[][] {
  const count = names.length;
  const firstRow = names.map((_, position) =>
    position % 2 === 1 ? (position + 1) / 2 : (count - position / 2) % count,
  );
  return names.map((_, shift) => firstRow.map((index) => names[(index + shift) % count] as string));
}
