import { application } from '../../../workloads/application.ts';
import type { Handler } from '../../../workloads/runtime.ts';

/** The application, but every answer ends its connection. */
export const handler: Handler = async (request, runtime) => {
  const answer = await application(request, runtime);
  return { ...answer, headers: { ...answer.headers, Connection: 'close' } };
};
