import { z } from 'zod';
import { fairnessSchema } from '../../results/document/run-document.ts';
import { servers } from '../../servers/index.ts';
import { workloads } from '../../workloads/index.ts';
import { unknownName } from '../plan/flag-values.ts';
import { knownKeys } from '../plan/known-keys.ts';
import { headersSchema, requestSchema } from '../plan/requests.ts';

/** Messages follow the place of what is wrong: "bench.config.yaml: rate must be text or a number". */
const text = z.string('must be text').min(1, 'must not be empty');
/** As typed on the command line; what it may be is checked with the flags. */
const asTyped = z.union([z.string(), z.number()], 'must be text or a number').transform(String);
const yesOrNo = z.boolean('must be true or false');
/** A list, or text with its items. */
const list = <Item extends z.ZodType>(item: Item, separator: string | RegExp = ',') =>
  z
    .preprocess(
      (value) =>
        typeof value === 'string' ? value.split(separator).map((one) => one.trim()) : value,
      z.array(item, 'must be a list'),
    )
    .meta({ type: ['array', 'string'] });
/** Of limits and claims, which have names of requests in them: a path may contain a comma. */
const betweenSentences = /;|\r?\n/;

/** The name of something in a registry; what follows a `?` are parameters. */
const nameIn = (kind: string, registry: readonly { readonly name: string }[]) =>
  text
    .superRefine((typed, context) => {
      const [name = ''] = typed.split('?', 1);
      const names = registry.map((item) => item.name);
      if (!names.includes(name)) context.addIssue(unknownName(kind, names, name));
    })
    .meta({ examples: registry.map(({ name }) => name) });

const serverSchema = knownKeys(
  {
    exec: text.optional().describe('Command that starts the server on $PORT'),
    url: text.optional().describe('URL of a running server'),
    name: text.optional().describe('In results; else the command or the URL'),
  },
  'must be a server with exec or url',
).superRefine(({ exec, url }, context) => {
  if ((exec === undefined) === (url === undefined)) {
    context.addIssue('must have either exec or url');
  }
});

const otherName = (index: number) => ({
  code: 'custom' as const,
  path: [index],
  message: 'must have a name that no other server has',
});

/** The closed loop repeats its requests after a thousand: a rarer one would be sent more often than in the open loop. */
const rarest = 1000;
const tooRare = (index: number) => ({
  code: 'custom' as const,
  path: [index, 'weight'],
  message: 'must be at least a thousandth of all weights together',
});

/**
 * What a run measures and how, whether from a file, from variables or from flags. Keys that are flags too have the values
 * that the flags have.
 */
export const configurationSchema = knownKeys(
  {
    $schema: z.string('must be text').optional(),
    servers: z
      .array(serverSchema, 'must be a list of servers')
      .min(1, 'must have a server, or be left out')
      .superRefine((all, context) => {
        const names = all.map(({ name, exec, url }) => name ?? exec ?? url);
        const index = names.findIndex((name, at) => names.indexOf(name) < at);
        if (index >= 0) context.addIssue(otherName(index));
      })
      .optional(),
    models: list(nameIn('model', servers)).optional().describe('Models and references'),
    app: text.optional().describe('Module with your handler, for the models to host'),
    references: yesOrNo.optional().describe('Add the references of the models'),
    workloads: list(nameIn('workload', workloads))
      .optional()
      .describe('Workloads for models, and for servers without requests'),
    requests: z
      .array(requestSchema, 'must be a list of requests')
      .superRefine((requests, context) => {
        const total = requests.reduce((sum, { weight }) => sum + weight, 0);
        const index = requests.findIndex(({ weight }) => weight * rarest < total);
        if (index >= 0) context.addIssue(tooRare(index));
      })
      .optional()
      .describe('What your own servers get'),
    headers: headersSchema.optional().describe('Of all requests'),
    objectives: list(text, betweenSentences)
      .optional()
      .describe("'p99<100ms', or 'POST /orders p95<50ms'"),
    assertions: list(text, betweenSentences)
      .optional()
      .describe('Claims that must hold, as of --assert'),
    strict: yesOrNo.optional().describe('Unclear assertions count as failed'),
    profile: z
      .enum(['quick', 'standard', 'rigorous'], 'must be quick, standard or rigorous')
      .optional()
      .describe('A minute, four, or up to 45'),
    blocks: asTyped.optional().describe('Fresh measurements of every server'),
    duration: asTyped.optional().describe('Measured window, such as 5s or 500ms'),
    connections: asTyped.optional().describe('Requests in flight in the closed loop'),
    rate: asTyped.optional().describe('Open-loop request rate, req/s'),
    workers: asTyped.optional().describe('Worker processes or threads'),
    netpollers: asTyped.optional().describe('Of the pool: threads that accept connections'),
    queueLimit: asTyped.optional().describe('Of the pool: computations that may wait'),
    fairness: z
      .enum(fairnessSchema.options, `must be ${fairnessSchema.options.join(' or ')}`)
      .optional(),
    seed: asTyped.optional().describe('Repeats the order and random choices of another run'),
    like: text.optional().describe('run.json of an earlier run, whose rates and windows are taken'),
    database: text.optional().describe('URL of a PostgreSQL'),
    cpus: asTyped.optional().describe('CPUs for the servers, such as 0-2,5'),
    clientCpus: asTyped.optional().describe('CPUs for the load generator'),
    serverOn: text.optional().describe("Runs the servers on another machine, such as 'ssh app1'"),
    serverAddress: text.optional().describe('Address on which the servers listen'),
    serverBench: text.optional().describe('Command of bench on the machine of the servers'),
    loadWorkers: asTyped.optional().describe('Machines that send the load, each with bench worker'),
    masterBind: text.optional().describe('Where load workers find the run, such as 10.0.0.1:5557'),
    allowRemote: yesOrNo.optional().describe('Allow servers on other machines'),
    insecure: yesOrNo.optional().describe('Accept any certificate of your own servers'),
  },
  'must be keys with values',
);

export type Configuration = z.infer<typeof configurationSchema>;

/** The JSON Schema of a configuration file, for editors. */
export function configurationJsonSchema(): object {
  return {
    title: 'A configuration of concurrency-bench: bench.config.yaml',
    ...z.toJSONSchema(configurationSchema, { io: 'input' }),
  };
}
