import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../../servers/launch/program.ts';
import type { Check } from '../check.ts';
import type { CalibrationCase, Rig } from '../rig.ts';

/** How late requests are sent at 1,000 req/s. */
export const sendLag: CalibrationCase = {
  name: '1,000 req/s',
  behaviour: { kind: 'delay', ms: 5 },
  async measure(rig) {
    const result = await rig.runOpen({ ratePerSecond: 1000, warmupSeconds: 1, windowSeconds: 4 });
    return [
      {
        generator: 'open loop',
        quantity: 'send lag, p99',
        unit: 'ms',
        expected: 0,
        measured: result.sendLag?.p99Ms ?? null,
        tolerance: 1,
      },
    ];
  },
};

const slots = 5;
const everyMs = 51;
const perSecond = (1000 * slots) / everyMs;

/** Workers in step, whose bursts a window cuts anywhere; the worst of several lengths counts. */
export const inStep: CalibrationCase = {
  name: `${slots} responses every ${everyMs} ms, windows of 0.3 to 1 s`,
  behaviour: { kind: 'in step', slots, everyMs },
  async measure(rig) {
    let worst = perSecond;
    for (const windowSeconds of [0.3, 0.35, 0.45, 0.6, 0.95]) {
      const load = { connections: 64, warmupSeconds: 0.3, windowSeconds };
      const { throughputPerSecond } = await rig.runClosed(load);
      if (Math.abs(throughputPerSecond - perSecond) > Math.abs(worst - perSecond)) {
        worst = throughputPerSecond;
      }
    }
    return [
      {
        generator: 'closed loop',
        quantity: 'throughput, worst',
        unit: 'req/s',
        expected: perSecond,
        measured: worst,
        tolerance: 0.01 * perSecond,
      },
    ];
  },
};

const connections = 16;
const seconds = 3;
const tolerance = 0.05;

/** Another load generator: its arguments for a closed loop over HTTP/1.1, and where it prints its throughput. */
interface LoadTool {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly throughput: RegExp;
}

export const loadTools: readonly LoadTool[] = [
  {
    name: 'wrk',
    arguments: ['-t1', `-c${connections}`, `-d${seconds}s`],
    throughput: /^Requests\/sec:\s+([\d.]+)/m,
  },
  {
    name: 'h2load',
    arguments: ['--h1', '-t1', `-c${connections}`, '-D', String(seconds)],
    throughput: /, ([\d.]+) req\/s/,
  },
  {
    name: 'hey',
    arguments: ['-c', String(connections), '-z', `${seconds}s`],
    throughput: /^\s*Requests\/sec:\s+([\d.]+)/m,
  },
];

/** The capacity of a server that computes, by each installed load tool; expected is the closed loop's, before and after. */
export const capacity: CalibrationCase = {
  name: 'capacity at 2 ms of CPU time per request, compared with the closed loop',
  behaviour: { kind: 'compute', ms: 2 },
  async measure(rig) {
    const checks: Check[] = [];
    for (const tool of loadTools) {
      const program = findProgram(tool.name);
      if (!program) continue;
      const before = await closedLoopThroughput(rig);
      const measured = await toolThroughput(tool, program, rig.server.url);
      const expected = (before + (await closedLoopThroughput(rig))) / 2;
      checks.push({
        generator: tool.name,
        quantity: 'throughput',
        unit: 'req/s',
        expected,
        measured,
        tolerance: tolerance * expected,
      });
    }
    return checks;
  },
};

async function closedLoopThroughput(rig: Rig): Promise<number> {
  const load = { connections, warmupSeconds: 0.5, windowSeconds: seconds / 2 };
  return (await rig.runClosed(load)).throughputPerSecond;
}

/** Null when the tool prints an unknown format. */
async function toolThroughput(
  tool: LoadTool,
  program: string,
  url: string,
): Promise<number | null> {
  const { stdout } = await promisify(execFile)(program, [...tool.arguments, url]);
  const throughput = tool.throughput.exec(stdout)?.[1];
  return throughput === undefined ? null : Number(throughput);
}
