import { workloads } from './index.ts';
import type { Endpoint, RequestClass, Workload } from './workload.ts';

const hasEndpoint = (workload: Workload): workload is Endpoint => workload.handle !== undefined;

/** The workloads with an endpoint of their own; the others mix their requests. */
export const endpoints: readonly Endpoint[] = workloads.filter(hasEndpoint);

/** The names of the endpoints that requests go to. */
export const endpointsOf = (classes: readonly Pick<RequestClass, 'path'>[]): string[] => [
  ...new Set(classes.map(({ path }) => path.split('?', 1).join('').slice(1))),
];
