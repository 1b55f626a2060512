import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../servers/launch/program.ts';
import type { RunningServer } from '../../servers/server.ts';
import type { ClosedLoop, Figures } from './measure.ts';

const seconds = 3;
const msAUnit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

/**
 * The same closed loop by wrk, where that is installed. It opens all connections at once and counts from then on, so
 * that it also sees what it costs a busy server to take up new connections.
 */
export async function askedByWrk(
  server: RunningServer,
  { classes, connections }: ClosedLoop,
): Promise<Figures> {
  const wrk = findProgram('wrk');
  const [request] = classes;
  if (!wrk || !request) return {};
  const flags = ['-t1', `-c${connections}`, `-d${seconds}`, '--latency', server.url + request.path];
  const { stdout } = await promisify(execFile)(wrk, flags);
  const [, perSecond] = /Requests\/sec: +([\d.]+)/.exec(stdout) ?? [];
  const [, p99, unit = ''] = /99% +([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    'by wrk: per second': Number(perSecond),
    'by wrk: p99, ms': Number(p99) * (msAUnit[unit] ?? Number.NaN),
  };
}
