import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ParameterError } from '../../../workloads/parameters.ts';
import { send } from './tracing.ts';

/** Express routes `http://host/io` as `/io`; here paths are compared as they were sent. */
export const exactPaths: RequestHandler = (request, response, next) => {
  const [sent] = request.url.split('?', 1);
  if (sent === request.path) next();
  else notFound(request, response, next);
};

export const notFound: RequestHandler = (_request, response) => {
  send(response, 'not found\n', 404);
};

export const methodNotAllowed: RequestHandler = (_request, response) => {
  response.set('Allow', 'GET, HEAD');
  send(response, 'method not allowed\n', 405);
};

export const badParameter: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof ParameterError) send(response, `${error.message}\n`, 400);
  else next(error);
};
