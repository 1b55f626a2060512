import { styleText } from 'node:util';
import { wrapped } from '../../reports/terminal/text.ts';
import { plural } from '../../results/format.ts';
import { servers } from '../../servers/index.ts';
import { findProgram } from '../../servers/launch/program.ts';
import type { Server } from '../../servers/server.ts';
import { loadTools } from '../calibration/cases/capacity.ts';
import { describeFindings, type Finding, good, warn } from '../doctor/finding.ts';
import {
  judgeBacklog,
  judgeCpus,
  judgeLayout,
  judgeOpenFiles,
  judgePriority,
} from '../doctor/limits.ts';
import { checkLoadWorkers } from '../doctor/load-workers.ts';
import { judgeClock, judgeNoise, testClock } from '../doctor/stability.ts';
import { RunError } from '../errors.ts';
import { layOutCpus } from '../plan/cpu-layout.ts';
import { loadWorkerFlagsSchema, planLoadWorkers } from '../plan/load-workers.ts';
import { chooseServerAddress } from '../plan/server-side.ts';
import { allowedCpus, readCores } from '../probes/cpus.ts';
import { readEnvironment } from '../probes/environment.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { waitingForLoadWorkers } from '../progress/wording.ts';

const noiseProbes = 10;

/** `bench doctor`: checks whether this machine can give reliable numbers, and says how to fix what prevents it. */
export async function doctor(rawFlags: unknown): Promise<void> {
  const flags = loadWorkerFlagsSchema.parse(rawFlags);
  const loadWorkers = planLoadWorkers(flags);
  const host = chooseServerAddress(flags.serverAddress, null);
  const width = process.stdout.columns || 80;
  const print = (title: string, text: string) =>
    process.stdout.write(`${styleText('bold', title)}\n${text}\n\n`);
  const environment = await readEnvironment();
  const { cpuModel, operatingSystem, kernel, nodeVersion } = environment;
  const facts = `${cpuModel}, ${operatingSystem}, ${kernel}, Node.js ${nodeVersion.slice(1)}`;

  const cpus = allowedCpus();
  const layout = layOutCpus(cpus, readCores(cpus));
  const probes = await Array.fromAsync(Array(noiseProbes).keys(), probeMachineNoise);
  const machine = [
    judgeCpus(environment.cpusAvailable, environment.cpusOnline),
    ...judgeLayout(layout),
    judgePriority(environment.realTimeGenerator, layout),
    judgeOpenFiles(environment.openFilesLimit),
    judgeBacklog(environment.listenBacklogLimit),
    ...judgeClock(await testClock()),
    ...judgeNoise(probes),
  ];
  print('Machine', `${wrapped(facts, width)}\n${describeFindings(machine, width)}`);
  print('Servers', describeFindings(await Promise.all(servers.map(judgeServer)), width));
  if (loadWorkers) {
    process.stderr.write(`${waitingForLoadWorkers(loadWorkers)}\n`);
    const findings = await checkLoadWorkers(loadWorkers, host);
    machine.push(...findings);
    print('Load workers', describeFindings(findings, width));
  }
  print('Other load tools', describeFindings([judgeLoadTools()], width));
  process.stdout.write(`${conclude(machine)}\n`);
}

async function judgeServer(server: Server): Promise<Finding> {
  const availability = await server.probe();
  return availability.available
    ? good(server.name, availability.version)
    : warn(server.name, `not ready: ${availability.reason}`, availability.advice);
}

function judgeLoadTools(): Finding {
  const names = loadTools.map(({ name }) => name);
  const installed = names.filter((name) => findProgram(name) !== undefined);
  if (installed.length > 0) return good('installed', installed.join(', '));
  return warn(
    'installed',
    `none of ${names.join(', ')}`,
    'Optional: bench calibrate compares the load generators with them (Debian: apt install wrk nghttp2-client).',
  );
}

/**
 * The last line: what the findings about the machine mean for its numbers.
 * @throws RunError when one of them is bad
 */
export function conclude(machine: readonly Finding[]): string {
  const count = (state: Finding['state']) => machine.filter((one) => one.state === state).length;
  if (count('bad') > 0) {
    throw new RunError(
      `numbers from this machine would mislead: fix the ${plural(count('bad'), 'point')} marked ✗`,
    );
  }
  return count('warn') > 0
    ? `This machine gives usable numbers, limited by the ${plural(count('warn'), 'point')} marked ! above.`
    : 'This machine gives reliable numbers.';
}
