import { createHash } from 'node:crypto';
import type { Task } from './runtime.ts';
import { scatter } from './scatter.ts';

/** An order in JSON, as a client uploads it, and its digest; docs/wire-contract.md defines both. */

interface Item {
  readonly sku: string;
  readonly quantity: number;
  readonly cents: number;
}

const mostQuantity = 1_000;
const mostCents = 1_000_000;
const names = ['Café crème', 'Œufs brouillés', 'Pão de queijo', 'Smörgåsbord', 'Żurek'];

/** The digest of an order of JSON, such as "2 items, 1998 cents, sha256 4f0c…"; null if it is no order. */
export const digestOrderTask: Task<Uint8Array, string | null> = {
  moduleUrl: import.meta.url,
  exportName: 'digestOrderTask',
  run(json) {
    const items = itemsOf(parse(json));
    if (!items) return null;
    const hash = createHash('sha256');
    let total = 0;
    for (const { sku, quantity, cents } of items) {
      hash.update(`${sku} ${quantity} ${cents}\n`);
      total += quantity * cents;
    }
    return `${items.length} items, ${total} cents, sha256 ${hash.digest('hex')}`;
  },
};

/** Undefined for what is not JSON in UTF-8. */
function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    return undefined;
  }
}

function itemsOf(order: unknown): readonly Item[] | null {
  if (typeof order !== 'object' || order === null || !('items' in order)) return null;
  const { items } = order;
  return Array.isArray(items) && items.every(isItem) ? items : null;
}

function isItem(value: unknown): value is Item {
  if (typeof value !== 'object' || value === null) return false;
  if (!('sku' in value && 'quantity' in value && 'cents' in value)) return false;
  const { sku, quantity, cents } = value;
  const isSku = typeof sku === 'string' && /^[!-~]{1,40}$/.test(sku);
  return isSku && isWhole(quantity, mostQuantity) && isWhole(cents, mostCents);
}

const isWhole = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

/** An order of exactly so many bytes: as many items as fit, and a note that fills the rest. */
export function makeOrder(bytes: number): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const sizeOf = (text: string) => encoder.encode(text).length;
  const [start, between, end] = ['{"items":[', '],"note":"', '"}'];
  let room = bytes - sizeOf(start + between + end);
  const items: string[] = [];
  for (let number = 0; ; number += 1) {
    const item = `${number > 0 ? ',' : ''}${JSON.stringify(itemOf(number))}`;
    if (sizeOf(item) > room) break;
    items.push(item);
    room -= sizeOf(item);
  }
  return encoder.encode(`${start}${items.join('')}${between}${'.'.repeat(room)}${end}`);
}

function itemOf(number: number): Item & { readonly name: string } {
  const random = scatter(number + 1);
  return {
    sku: `sku-${String(random % 100_000).padStart(5, '0')}`,
    name: names[random % names.length] ?? '',
    quantity: 1 + ((random >>> 8) % 9),
    cents: 99 + ((random >>> 12) % 10_000),
  };
}
