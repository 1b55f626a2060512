/** The shop that `crud` works on: products in categories of 20. All that a request reads follows from a number. */

export const productCount = 10_000;
export const listLength = 20;
export const categoryCount = productCount / listLength;

/** A row as the queries select it. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly cents: number;
}

/** A product as it is seeded. */
export function product(id: number): Product {
  return { id, name: `product ${id}`, cents: 100 + ((id * 7_919) % 9_900) };
}

/** The products of a category, by number: the category, and every `categoryCount`-th product from there on. */
export function productsIn(category: number): Product[] {
  return Array.from({ length: listLength }, (_, index) =>
    product(category + index * categoryCount),
  );
}

/** One line of an answer. */
export const productLine = ({ name, cents }: Product): string => `${name} costs ${cents}\n`;

/** Makes the shop in an empty schema; the same rows as `product`. Free space on each page keeps updates within it. */
export const shopSchema = `
  CREATE TABLE products (
    id integer PRIMARY KEY,
    category integer NOT NULL,
    name text NOT NULL,
    cents integer NOT NULL,
    sold integer NOT NULL
  ) WITH (fillfactor = 70);
  INSERT INTO products
    SELECT id, (id - 1) % ${categoryCount} + 1, 'product ' || id, 100 + (id * 7919) % 9900, 0
    FROM generate_series(1, ${productCount}) AS id;
  CREATE INDEX products_by_category ON products (category, id);
  ANALYZE products;
`;
