import { type Product, product, productCount, productLine, shopSchema } from './shop.ts';
import type { Workload } from './workload.ts';

export const productId = {
  default: 17,
  minimum: 1,
  maximum: productCount,
  unit: '',
  about: 'number of the product',
} as const;

const parameters = { id: productId };

/** Reads one row of a database by its key. */
export const readProduct: Workload<typeof parameters> = {
  name: 'product',
  summary: 'each request reads one row of a database by its key',
  parameters,
  database: shopSchema,
  async handle({ id }, runtime) {
    const sql = 'SELECT id, name, cents FROM products WHERE id = $1';
    const rows = await runtime.query<Product>(sql, [id]);
    return rows.map(productLine).join('');
  },
  requests: ({ id }) => [
    {
      name: 'product',
      weight: 1,
      path: `/product?id=${id}`,
      expectedBody: productLine(product(id)),
      waitMs: 0,
    },
  ],
};
