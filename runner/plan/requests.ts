import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { methodOf } from '../load/request-messages.ts';
import { readVariables, withValues } from '../secrets.ts';
import { knownKeys } from './known-keys.ts';

const writing = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** HEAD is left out: its answers announce a body that does not come. */
const methods = ['GET', ...writing, 'OPTIONS'] as const;

/** Whether a request may change data. */
export const isWriting = (request: Parameters<typeof methodOf>[0]): boolean =>
  writing.some((method) => method === methodOf(request));

/** A backslash after the first / would name another host to some clients, and what follows a # is not sent. */
const pathPattern = /^\/(?!\/)[\x21\x22\x24-\x5b\x5d-\x7e]*$/;
const lineOfText = /^[\t\x20-\x7e]*$/;
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
/** Headers by which the load generators frame requests. */
const framing = /^(?:connection|content-length|transfer-encoding|expect|upgrade|trailer)$/i;

/** Text that is sent, in which `${NAME}` is an environment variable. Messages follow the place of the text. */
const sentText = (pattern: RegExp, mistake: string) =>
  z
    .string(mistake)
    .regex(pattern, mistake)
    .superRefine((text, context) => {
      const problem = readVariables(text);
      if (problem !== null) context.addIssue(problem);
      else if (!pattern.test(withValues(text))) {
        context.addIssue('has an environment variable with characters that cannot be sent here');
      }
    });

const text = (mistake: string) => z.string(mistake).min(1, mistake);

/** Headers by name. */
export const headersSchema = z
  .record(
    z.string(),
    z
      .preprocess(
        (value) => (typeof value === 'number' ? String(value) : value),
        sentText(lineOfText, 'must be one line of ASCII text'),
      )
      .meta({ type: ['string', 'number'] }),
    'must be headers by name',
  )
  .superRefine((headers, context) => {
    for (const name of Object.keys(headers)) {
      const message = framing.test(name)
        ? 'is set by the load generator'
        : 'must have a name of letters, digits and hyphens';
      if (framing.test(name) || !headerName.test(name)) {
        context.addIssue({ code: 'custom', path: [name], message });
      }
    }
  });

const bodyMistake = 'must be text, or a value that is sent as JSON';

/** A request to the user's own servers. */
export const requestSchema = knownKeys(
  {
    name: text('must be text').optional().describe('In results; else method and path'),
    method: z
      .enum(methods, `must be one of ${methods.join(', ')}`)
      .optional()
      .describe('Left out: POST with a body, else GET'),
    path: sentText(pathPattern, 'must be a path that starts with one / and has no spaces, \\ or #'),
    headers: headersSchema.optional(),
    body: z
      .union([z.string(), z.record(z.string(), z.json()), z.array(z.json())], bodyMistake)
      .transform((body) => (typeof body === 'string' ? body : JSON.stringify(body)))
      .pipe(sentText(/(?:)/, bodyMistake))
      .optional()
      .describe('Text, or a value that is sent as JSON'),
    bodyFile: text('must be the path of a file')
      .optional()
      .describe('File whose content is the body'),
    weight: z
      .number('must be a number above 0')
      .positive('must be a number above 0')
      .max(1e6, 'must be at most 1000000')
      .default(1)
      .describe('Frequency relative to the other requests'),
    status: z
      .int('must be a status from 200 to 599')
      .min(200, 'must be a status from 200 to 599')
      .max(599, 'must be a status from 200 to 599')
      .optional()
      .describe('Status of a good answer; left out: any 2xx'),
    contains: text('must be text')
      .optional()
      .describe('Text that the body of a good answer contains'),
  },
  'must be a request with a path',
).superRefine(({ method, body, bodyFile }, context) => {
  const hasBody = body !== undefined || bodyFile !== undefined;
  if (body !== undefined && bodyFile !== undefined) {
    context.addIssue({ code: 'custom', path: ['bodyFile'], message: 'excludes body' });
  }
  if (hasBody && method === 'GET') {
    const path = [body === undefined ? 'bodyFile' : 'body'];
    context.addIssue({ code: 'custom', path, message: 'cannot be sent by GET' });
  }
});

/**
 * A path as typed, as a request to it.
 *
 * @param place names the path in messages: `--path`
 * @throws UsageError for a path that cannot be requested
 */
export function requestTo(path: string, place: string): Request {
  const { data, error } = requestSchema.safeParse({ name: path, path });
  if (data) return data;
  const mistake = error.issues[0]?.message ?? 'cannot be used';
  const found = mistake.startsWith('must be ') ? `, not "${path}"` : '';
  throw new UsageError(`${place} ${mistake}${found}.`, /--[a-z]+/.exec(place)?.[0]);
}

/** A request as it is planned: `${NAME}` has not been replaced by the environment variable yet. */
export type Request = z.infer<typeof requestSchema>;
