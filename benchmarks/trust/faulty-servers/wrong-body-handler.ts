import { application } from '../../../workloads/application.ts';
import type { Handler } from '../../../workloads/runtime.ts';

const every = Number(process.env['EVERY']);
let requests = 0;

/** The application, but one answer in EVERY has another body, of the same length. */
export const handler: Handler = async (request, runtime) => {
  const answer = await application(request, runtime);
  requests += 1;
  return requests % every === 0 ? { ...answer, body: answer.body.toUpperCase() } : answer;
};
