import { styleText } from 'node:util';
import { wrapped } from '../../reports/terminal/text.ts';
import { plural } from '../../results/format.ts';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { findProgram } from '../../servers/launch/program.ts';
import { loadTools } from '../calibration/cases/capacity.ts';
import { judgeConnection } from '../doctor/connection.ts';
import {
  type Examined,
  examineServerMachine,
  examineServers,
  examineThisMachine,
} from '../doctor/examine.ts';
import { describeFindings, type Finding, good, warn } from '../doctor/finding.ts';
import { checkLoadWorkers } from '../doctor/load-workers.ts';
import { RunError } from '../errors.ts';
import type { LoadWorkersPlan } from '../load/workers/load-workers.ts';
import type { RemoteMachine } from '../machine/remote-machine.ts';
import { openRemoteMachine } from '../machine/remote-machine.ts';
import { serverFlagsSchema } from '../machine/with-server-machine.ts';
import { loadWorkerFlagsSchema, planLoadWorkers } from '../plan/load-workers.ts';
import { chooseServerAddress } from '../plan/server-side.ts';
import { waitingForLoadWorkers } from '../progress/wording.ts';

const flagsSchema = loadWorkerFlagsSchema.extend(serverFlagsSchema.shape);

/** `bench doctor`: checks whether machines can give reliable numbers, and says how to fix what prevents it. */
export async function doctor(rawFlags: unknown): Promise<void> {
  const { serverOn, serverBench, ...flags } = flagsSchema.parse(rawFlags);
  const loadWorkers = planLoadWorkers(flags);
  const findings =
    serverOn === undefined
      ? await checkHere(flags.serverAddress, loadWorkers)
      : await checkThere(
          await openRemoteMachine(serverOn, serverBench),
          flags.serverAddress,
          loadWorkers,
        );
  print('Other load tools', [judgeLoadTools()]);
  const isOne = serverOn === undefined && loadWorkers === null;
  process.stdout.write(`${conclude(findings, isOne)}\n`);
}

async function checkHere(
  address: string | undefined,
  loadWorkers: LoadWorkersPlan | null,
): Promise<Finding[]> {
  const host = chooseServerAddress(address, null);
  const machine = await (loadWorkers ? examineServerMachine() : examineThisMachine(null));
  printMachine(loadWorkers ? 'Machine of the servers' : 'Machine', machine);
  print('Servers', await examineServers());
  if (!loadWorkers) return [...machine.findings];
  printProgress(waitingForLoadWorkers(loadWorkers));
  const workers = await checkLoadWorkers(loadWorkers, host, printProgress);
  print('Load workers', workers);
  return [...machine.findings, ...workers];
}

async function checkThere(
  machine: RemoteMachine,
  flag: string | undefined,
  loadWorkers: LoadWorkersPlan | null,
): Promise<Finding[]> {
  try {
    const { address, findings: connection } = await judgeConnection(machine, flag);
    print('Connection', connection);
    const there = await machine.examine();
    printMachine('Machine of the servers', there);
    print('Servers there', there.servers);
    // With load workers, nothing is sent from here.
    const here = loadWorkers ? null : await examineThisMachine(machine.side.elsewhere);
    if (here) printMachine('This machine', here);
    const findings = [...connection, ...there.findings, ...(here?.findings ?? [])];
    if (!loadWorkers || address === null) return findings;
    printProgress(waitingForLoadWorkers(loadWorkers));
    const workers = await checkLoadWorkers(loadWorkers, address, printProgress, (host) =>
      startEventLoop(machine, host),
    );
    print('Load workers', workers);
    return [...findings, ...workers];
  } finally {
    await machine.close();
  }
}

/** A server on the other machine for the load workers to load. */
async function startEventLoop(machine: RemoteMachine, host: string) {
  const { url, stop } = await machine.launch(eventLoop, {
    host,
    workers: 1,
    backlog: 4096,
    insecure: false,
    environment: {},
    signal: new AbortController().signal,
  });
  return { port: Number(new URL(url).port), stop };
}

const printProgress = (line: string): void => void process.stderr.write(`${line}\n`);

const columns = () => process.stdout.columns || 80;

function print(title: string, findings: readonly Finding[], before = ''): void {
  const text = `${before}${describeFindings(findings, columns())}`;
  process.stdout.write(`${styleText('bold', title)}\n${text}\n\n`);
}

const printMachine = (title: string, { machine, findings }: Examined): void =>
  print(title, findings, `${wrapped(machine, columns())}\n`);

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
 * The last line: what the findings mean for the numbers.
 * @throws RunError when one of them is bad
 */
export function conclude(findings: readonly Finding[], isOneMachine = true): string {
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length;
  if (count('bad') > 0) {
    const whose = isOneMachine ? 'this machine' : 'these machines';
    throw new RunError(
      `numbers from ${whose} would mislead: fix the ${plural(count('bad'), 'point')} marked ✗`,
    );
  }
  const subject = isOneMachine ? 'This machine gives' : 'These machines give';
  return count('warn') > 0
    ? `${subject} usable numbers, limited by the ${plural(count('warn'), 'point')} marked ! above.`
    : `${subject} reliable numbers.`;
}
