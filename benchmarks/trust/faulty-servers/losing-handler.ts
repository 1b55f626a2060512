import { application } from '../../../workloads/application.ts';
import type { Handler } from '../../../workloads/runtime.ts';

const every = Number(process.env['EVERY']);
let requests = 0;

/** The application, but one request in EVERY is never answered. */
export const handler: Handler = async (request, runtime) => {
  requests += 1;
  if (requests % every === 0) return await new Promise(() => {});
  return await application(request, runtime);
};
