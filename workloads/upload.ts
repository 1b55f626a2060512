import { RequestError } from './request-error.ts';
import { digestOrderTask, makeOrder } from './uploaded-order.ts';
import type { Workload } from './workload.ts';

const parameters = {
  kilobytes: {
    default: 64,
    minimum: 1,
    maximum: 1024,
    unit: 'KB',
    about: 'size of the order that each request sends, in units of 1,024 bytes',
  },
} as const;

const refusal =
  'the body must be JSON with a list of items, each with a sku, a quantity and a price in cents';

/** A request with a body, which is parsed, checked and digested. */
export const upload: Workload<typeof parameters> = {
  name: 'upload',
  summary: 'each request sends an order in JSON, which the server parses and digests',
  parameters,
  mostBodyBytes: parameters.kilobytes.maximum * 1024,
  async handle(_, runtime, body) {
    const digest = await runtime.compute(digestOrderTask, body, [body.buffer]);
    if (digest === null) throw new RequestError(400, refusal);
    return `${digest}\n`;
  },
  requests({ kilobytes }) {
    const body = makeOrder(kilobytes * 1024);
    const expectedBody = `${digestOrderTask.run(body)}\n`;
    return [{ name: 'upload', weight: 1, path: '/upload', body, expectedBody, waitMs: 0 }];
  },
};
