import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../../servers/launch/program.ts';
import type { Rig } from '../rig.ts';
import { type CalibrationRow, judge } from '../row.ts';
import { type CalibrationCase, closedLoopName } from './case.ts';

const connections = 16;
const seconds = 3;
const tolerance = 0.05;

/** Another load generator: how it is asked for a closed loop over HTTP/1.1, and where it prints its throughput. */
interface Tool {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly throughput: RegExp;
}

const tools: readonly Tool[] = [
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

/** The capacity of a server that computes, by ours before and after, and by such other generators as are installed. */
export const capacity: CalibrationCase = {
  name: 'capacity at 2 ms of CPU a request',
  behaviour: { kind: 'compute', ms: 2 },
  async measure(rig) {
    const rows: CalibrationRow[] = [];
    for (const tool of tools) {
      const program = findProgram(tool.name);
      if (!program) continue;
      const before = await readOurs(rig);
      const reading = await readTool(tool, program, rig.server.url);
      const truth = (before + (await readOurs(rig))) / 2;
      rows.push(
        judge({
          case: this.name,
          instrument: tool.name,
          quantity: `throughput, by our ${closedLoopName}`,
          unit: '/s',
          truth,
          reading,
          tolerance: tolerance * truth,
        }),
      );
    }
    return rows;
  },
};

async function readOurs(rig: Rig): Promise<number> {
  const load = { connections, warmupSeconds: 0.5, windowSeconds: seconds / 2 };
  return (await rig.runClosed(load)).throughputPerSecond;
}

/** Null when the tool printed nothing that we know. */
async function readTool(tool: Tool, program: string, url: string): Promise<number | null> {
  const { stdout } = await promisify(execFile)(program, [...tool.arguments, url]);
  const throughput = tool.throughput.exec(stdout)?.[1];
  return throughput === undefined ? null : Number(throughput);
}
