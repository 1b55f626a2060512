import { LaunchError } from '../../servers/launch/launch.ts';
import { InterruptedError, messageOf, RunError } from '../errors.ts';
import {
  type ConfiguredServer,
  type ConfiguredWorkload,
  type Plan,
  whyUnavailable,
} from '../plan/plan.ts';
import type { RunContext } from './launched-server.ts';
import { withSession } from './session.ts';
import { WrongAnswerError } from './verify.ts';

/**
 * Starts each server that runs the user's own code once, before anything is measured, and checks its answers: a mistake
 * shows at once, and costs the run no time in every block.
 *
 * @returns the plan, with the reason on servers that cannot be measured
 * @throws RunError if no server is left to measure
 * @throws InterruptedError if the run is interrupted
 */
export async function checkOwnCode(context: RunContext): Promise<Plan> {
  const servers: ConfiguredServer[] = [];
  for (const server of context.plan.servers) {
    const isChecked = runsOwnCode(server, context.plan) && !server.unavailable;
    servers.push(isChecked ? await checkServer(context, server) : server);
  }
  if (servers.every((server) => runsOwnCode(server, context.plan) && server.unavailable)) {
    const byReason = Map.groupBy(servers, whyUnavailable);
    const reasons = [...byReason].map(
      ([reason, some]) => `${some.map(({ name }) => name).join(', ')}: ${reason}`,
    );
    throw new RunError(`nothing to measure. ${reasons.join('\n')}`);
  }
  return { ...context.plan, servers };
}

/** Whether a server is the user's own, or hosts a module of the user's own. */
const runsOwnCode = ({ kind, name }: ConfiguredServer, { workloads }: Plan): boolean =>
  kind === 'custom' ||
  workloads.some(({ isUnknown, servers }) => isUnknown && servers.includes(name));

async function checkServer(
  context: RunContext,
  server: ConfiguredServer,
): Promise<ConfiguredServer> {
  const workloads = context.plan.workloads.filter(({ servers }) => servers.includes(server.name));
  const [any] = workloads.toSorted((a, b) => seedLength(b) - seedLength(a));
  if (!any) return server;
  const workload = { ...any, classes: workloads.flatMap(({ classes }) => classes) };
  const quiet = { ...context, emit: () => undefined };
  try {
    await withSession(quiet, { server, workload, block: 0 }, async () => undefined);
    return server;
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const reason = messageOf(error);
    const isByContract = server.kind === 'custom' && server.readyPath === undefined;
    const needsPath = isByContract && isAboutAnswers(error);
    const advice = needsPath && { advice: pathAdvice };
    return { ...server, unavailable: { reason, ...advice, isFailure: true } };
  }
}

/** 0 without a database: a workload with one brings what the others need too. */
const seedLength = ({ definition }: ConfiguredWorkload) => definition?.database?.length ?? 0;

const pathAdvice =
  'Did you mean --path? Without it, a server must listen on $PORT and answer /healthz and the workloads (docs/wire-contract.md).';

/** Whether the server started, but did not answer as the wire contract says. */
const isAboutAnswers = (error: unknown): boolean =>
  error instanceof LaunchError
    ? error.failure === 'never-ready'
    : error instanceof WrongAnswerError;
