import {
  type Environment,
  type RunDocument,
  runDocumentSchema,
  runDocumentVersion,
} from '../../results/document/run-document.ts';
import { workersPlaceholder } from '../../servers/custom.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { maskedJson, writtenCommand, writtenHeader } from '../secrets.ts';
import type { Plan } from './plan.ts';

/** The run document of a plan before its first trial. What a document does not have, the schema leaves out. */
export function plannedDocument(
  plan: Plan,
  environment: Environment,
  command: readonly string[],
  startedAt: Date,
): RunDocument {
  const servers = plan.servers.map(({ kind, version, workers, settings, url, ...server }) => ({
    ...server,
    kind,
    version: version ?? 'not available here',
    workers: kind === 'custom' && !server.summary.includes(workersPlaceholder) ? null : workers,
    oneAtATime: server.oneAtATime ?? false,
    options: settings?.options ?? {},
    ...(url !== undefined && { attached: true }),
  }));
  const workloads = plan.workloads.map(({ classes, ...workload }) => ({
    ...workload,
    classes: classes.map(writtenClass),
  }));
  const document = runDocumentSchema.parse({
    schema: 'concurrency-bench/run',
    version: runDocumentVersion,
    status: 'running',
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    command: writtenCommand(command),
    seed: plan.seed,
    environment,
    plan: { ...plan, servers, workloads, database: databaseOf(plan) },
    pilots: [],
    traces: [],
    noiseProbes: [],
    disturbances: [],
    trials: [],
  } satisfies Record<keyof Omit<RunDocument, 'calibratedRequests'>, unknown>);
  // Commands, and versions read from them, may contain what a variable has.
  return runDocumentSchema.parse(maskedJson(document));
}

function writtenClass({ headers, ...requestClass }: RequestClass): RequestClass {
  if (!headers) return requestClass;
  const written = Object.entries(headers).map(([name, value]) => [
    name,
    writtenHeader(name, value),
  ]);
  return { ...requestClass, headers: Object.fromEntries(written) };
}

/** Without the URL, which may contain a password. */
function databaseOf({ database }: Plan): RunDocument['plan']['database'] {
  if (!database) return null;
  const { version, url, connectionsEach } = database;
  return { version: version ?? 'unknown', isOwn: url !== null, connectionsEach };
}
