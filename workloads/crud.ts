import { weight } from './mixed.ts';
import { orderProduct } from './order.ts';
import { readProduct } from './product.ts';
import { listProducts } from './products.ts';
import { categoryCount, productCount, shopSchema } from './shop.ts';
import type { RequestClass, Workload } from './workload.ts';

const parameters = {
  read: weight(15, 'relative frequency of requests that read a row (product)'),
  list: weight(4, 'relative frequency of requests that list rows (products)'),
  update: weight(1, 'relative frequency of requests that update a row (order)'),
};

/** How many products and categories are requested: so many that two orders in flight hardly ever lock the same row. */
const spread = 250;

/** The numbers that a class requests in turn: `spread` of them, spread evenly. */
const numbers = (count: number) =>
  Array.from({ length: spread }, (_, index) => 1 + index * (count / spread));

/** One class of the requests of many numbers. */
function spreadOver(
  name: string,
  weight: number,
  count: number,
  requests: (number: number) => readonly RequestClass[],
): RequestClass[] {
  const [first, ...variants] = numbers(count).flatMap(requests);
  return first ? [{ ...first, name, weight, variants }] : [];
}

/** What most web applications do: read rows of a database, and now and then change one. */
export const crud: Workload<typeof parameters> = {
  name: 'crud',
  summary: 'requests to a database: many read a row, some list 20, few update one',
  parameters,
  database: shopSchema,
  requests: ({ read, list, update }) => [
    ...spreadOver('read', read, productCount, (id) => readProduct.requests({ id })),
    ...spreadOver('list', list, categoryCount, (category) => listProducts.requests({ category })),
    ...spreadOver('update', update, productCount, (id) => orderProduct.requests({ id })),
  ],
};
