import { workloads } from './index.ts';
import type { ParameterTable } from './parameters.ts';
import type { Endpoint, RequestClass, Workload } from './workload.ts';

const hasEndpoint = (workload: Workload): workload is Endpoint => workload.handle !== undefined;

/** The workloads with an endpoint of their own; the others mix their requests. */
export const endpoints: readonly Endpoint[] = workloads.filter(hasEndpoint);

/** What an endpoint takes in its query: the workload's parameters, unless a body is made from them. */
export const queryParametersOf = ({ parameters, mostBodyBytes }: Endpoint): ParameterTable =>
  mostBodyBytes === undefined ? parameters : {};

/** The methods of an endpoint; without one, those of `/healthz`. */
export const allowedMethods = (endpoint?: Endpoint): readonly string[] =>
  endpoint?.mostBodyBytes === undefined ? ['GET', 'HEAD'] : ['POST'];

/** The largest body that any endpoint accepts. */
export const mostBodyBytes = Math.max(...endpoints.map((endpoint) => endpoint.mostBodyBytes ?? 0));

/** The names of the endpoints that requests go to. */
export const endpointsOf = (classes: readonly Pick<RequestClass, 'path'>[]): string[] => [
  ...new Set(classes.map(({ path }) => path.split('?', 1).join('').slice(1))),
];
