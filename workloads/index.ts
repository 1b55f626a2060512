import { cpu } from './cpu.ts';
import { crud } from './crud.ts';
import { fanout } from './fanout.ts';
import { hello } from './hello.ts';
import { image } from './image.ts';
import { io } from './io.ts';
import { logins } from './logins.ts';
import { mixed } from './mixed.ts';
import { orderProduct } from './order.ts';
import { passwordHash } from './password.ts';
import { readProduct } from './product.ts';
import { listProducts } from './products.ts';
import { upload } from './upload.ts';
import { users } from './users.ts';
import type { Workload } from './workload.ts';

/** Every workload, in the order that listings and reports use. */
export const workloads: readonly Workload[] = [
  hello,
  io,
  cpu,
  mixed,
  fanout,
  passwordHash,
  logins,
  image,
  crud,
  readProduct,
  listProducts,
  orderProduct,
  upload,
  users,
];
