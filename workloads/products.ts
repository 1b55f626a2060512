import {
  categoryCount,
  listLength,
  type Product,
  productLine,
  productsIn,
  shopSchema,
} from './shop.ts';
import type { Workload } from './workload.ts';

const category = {
  default: 17,
  minimum: 1,
  maximum: categoryCount,
  unit: '',
  about: `number of the category, which has ${listLength} products`,
} as const;

const parameters = { category };

/** Reads 20 rows of a database by an index. */
export const listProducts: Workload<typeof parameters> = {
  name: 'products',
  summary: `each request lists ${listLength} rows of a database by an index`,
  parameters,
  database: shopSchema,
  async handle({ category }, runtime) {
    const sql = `SELECT id, name, cents FROM products WHERE category = $1 ORDER BY id LIMIT ${listLength}`;
    const rows = await runtime.query<Product>(sql, [category]);
    return rows.map(productLine).join('');
  },
  requests: ({ category }) => [
    {
      name: 'products',
      weight: 1,
      path: `/products?category=${category}`,
      expectedBody: productsIn(category).map(productLine).join(''),
      waitMs: 0,
    },
  ],
};
