import { UsageError } from '../errors.ts';

/** One of the options that describe requests, in the order of the command line. */
export interface RequestOption {
  readonly flag: '--request' | '--header' | '--body' | '--status' | '--contains';
  readonly value: string;
}

/** A request as typed, not yet checked. */
interface TypedRequest {
  [key: string]: unknown;
  headers?: Record<string, string>;
}

/**
 * Reads requests from the command line. An option belongs to the `--request` before it; a header before the first one, to
 * all requests.
 *
 * @throws UsageError for an option that cannot be read, or belongs to no request
 */
export function readRequestOptions(options: readonly RequestOption[]) {
  const headers: Record<string, string> = {};
  const requests: TypedRequest[] = [];
  for (const { flag, value } of options) {
    const request = requests.at(-1);
    if (flag === '--request') requests.push(parseRequest(value));
    else if (flag === '--header') Object.assign(headersOf(request) ?? headers, parseHeader(value));
    else if (!request) {
      throw new UsageError(
        `${flag} must follow the --request that it belongs to, such as --request 'POST /orders'.`,
      );
    } else addDetail(request, flag, value);
  }
  return { headers, requests };
}

function headersOf(request: TypedRequest | undefined): Record<string, string> | undefined {
  if (request) request.headers ??= {};
  return request?.headers;
}

/** `GET /users`, `3 POST /orders`, `/users`: a weight, a method and a path, of which only the path is needed. */
function parseRequest(value: string): TypedRequest {
  const match = /^(?:(\d+(?:\.\d+)?)\s+)?(?:([a-z]+)\s+)?(\/\S*)$/i.exec(value.trim());
  if (!match) {
    throw new UsageError(
      `--request must be a path, with weight and method before it, such as 'GET /users' or '3 POST /orders', not "${value}".`,
    );
  }
  const [, weight, method, path] = match;
  return {
    path,
    ...(weight !== undefined && { weight: Number(weight) }),
    ...(method !== undefined && { method: method.toUpperCase() }),
  };
}

function parseHeader(value: string): Record<string, string> {
  const [, name, content] = /^([^:\s]+):[ \t]*(.*?)[ \t]*$/s.exec(value) ?? [];
  if (name === undefined || content === undefined) {
    throw new UsageError("--header must be 'Name: value', such as 'Accept: application/json'.");
  }
  return { [name]: content };
}

function addDetail(
  request: TypedRequest,
  flag: '--body' | '--status' | '--contains',
  value: string,
): void {
  const [key, detail] = parseDetail(flag, value);
  if (key in request || (flag === '--body' && ('body' in request || 'bodyFile' in request))) {
    throw new UsageError(`${flag} was given twice for one --request: give it once.`);
  }
  request[key] = detail;
}

function parseDetail(flag: '--body' | '--status' | '--contains', value: string) {
  if (flag === '--contains') return ['contains', value] as const;
  if (flag === '--body') {
    return value.startsWith('@')
      ? (['bodyFile', value.slice(1)] as const)
      : (['body', value] as const);
  }
  if (/^\d{3}$/.test(value)) return ['status', Number(value)] as const;
  throw new UsageError(`--status must be a status from 200 to 599, not "${value}".`);
}
