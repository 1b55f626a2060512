import { productId } from './product.ts';
import { type Product, product, productLine, shopSchema } from './shop.ts';
import type { Workload } from './workload.ts';

const parameters = { id: productId };

const answer = (ordered: Product) => `ordered: ${productLine(ordered)}`;

/** Updates one row of a database in a transaction: locks and reads it, changes it, commits. */
export const orderProduct: Workload<typeof parameters> = {
  name: 'order',
  summary: 'each request updates one row of a database in a transaction',
  parameters,
  database: shopSchema,
  handle: ({ id }, runtime) =>
    runtime.transaction(async (query) => {
      const sql = 'SELECT id, name, cents FROM products WHERE id = $1 FOR UPDATE';
      const rows = await query<Product>(sql, [id]);
      await query('UPDATE products SET sold = sold + 1 WHERE id = $1', [id]);
      return rows.map(answer).join('');
    }),
  requests: ({ id }) => [
    {
      name: 'order',
      weight: 1,
      path: `/order?id=${id}`,
      expectedBody: answer(product(id)),
      waitMs: 0,
    },
  ],
};
