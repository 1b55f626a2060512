import { plural } from '../../results/format.ts';
import { servers } from '../../servers/index.ts';
import type { Server } from '../../servers/server.ts';
import { onThisMachine } from '../machine/local-machine.ts';
import type { Elsewhere } from '../machine/server-machine.ts';
import { chooseCpuLayout } from '../plan/server-side.ts';
import { readEnvironment } from '../probes/environment.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { type Finding, good, warn } from './finding.ts';
import {
  judgeBacklog,
  judgeCpus,
  judgeLayout,
  judgeOpenFiles,
  judgePriority,
  judgeServerCpus,
} from './limits.ts';
import { judgeClock, judgeNoise, testClock } from './stability.ts';

const noiseProbes = 10;

/** What was found out about a machine. */
export interface Examined {
  /** What it is, in words. */
  readonly machine: string;
  readonly findings: readonly Finding[];
}

/**
 * Whether this machine can give reliable numbers.
 *
 * @param elsewhere where the servers are, if not here
 */
export async function examineThisMachine(elsewhere: Elsewhere | null): Promise<Examined> {
  const environment = await readEnvironment();
  const { cpusAvailable, cpusOnline, listenBacklogLimit } = environment;
  const layout = chooseCpuLayout({}, { ...onThisMachine(), elsewhere });
  const isApart = elsewhere !== null && !elsewhere.sharesCpus;
  return {
    machine: inWords(environment),
    findings: [
      isApart
        ? good('CPUs', `${plural(cpusAvailable, 'CPU')} for the load generator`)
        : judgeCpus(cpusAvailable, cpusOnline),
      ...(isApart ? [] : judgeLayout(layout)),
      judgePriority(environment.realTimeGenerator, layout),
      judgeOpenFiles(environment.openFilesLimit),
      ...(elsewhere ? [] : [judgeBacklog(listenBacklogLimit)]),
      ...(await judgeStability()),
    ],
  };
}

/** Whether servers on this machine can be measured from another one. */
export async function examineServerMachine(): Promise<Examined> {
  const environment = await readEnvironment();
  return {
    machine: inWords(environment),
    findings: [
      judgeServerCpus(environment.cpusAvailable, environment.cpusOnline),
      judgeOpenFiles(environment.openFilesLimit),
      judgeBacklog(environment.listenBacklogLimit),
      ...(await judgeStability()),
    ],
  };
}

const inWords = ({
  cpuModel,
  operatingSystem,
  kernel,
  nodeVersion,
}: Awaited<ReturnType<typeof readEnvironment>>): string =>
  `${cpuModel}, ${operatingSystem}, ${kernel}, Node.js ${nodeVersion.slice(1)}`;

async function judgeStability(): Promise<Finding[]> {
  const probes = await Array.fromAsync(Array(noiseProbes).keys(), probeMachineNoise);
  return [...judgeClock(await testClock()), ...judgeNoise(probes)];
}

/** Which servers can run on this machine. */
export const examineServers = (): Promise<Finding[]> => Promise.all(servers.map(judgeServer));

async function judgeServer(server: Server): Promise<Finding> {
  const availability = await server.probe();
  return availability.available
    ? good(server.name, availability.version)
    : warn(server.name, `not ready: ${availability.reason}`, availability.advice);
}
