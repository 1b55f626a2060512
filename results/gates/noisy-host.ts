import type { Measurement, Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { generatorCpuSecondsHere } from '../select.ts';
import { meanOf } from '../statistics/summary.ts';
import type { Gate, GateContext, RunGate } from './gate.ts';

/** A quiet machine runs the same computation in the same time, and no program waits for a CPU. */
export const mostReferenceSpread = 0.05;
const mostPressure = 0.1;
const mostStealShare = 0.01;

/**
 * What the noise probes, one at the start of each block while nothing of this program runs, show about the machine.
 * Pressure and steal are means over all probes: in a single short probe, a few ms of anything are a large share.
 */
export const noisyHost: RunGate = {
  code: 'noisy-host',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen:
    'over the noise probes at the start of each block, a fixed computation varied by 5 %; or on average programs waited for a CPU 10 % of the time, or a hypervisor took 1 % of the CPU time',
  test: ({ noiseProbes }) => {
    if (noiseProbes.length === 0) return null;
    const spins = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
    const spread = Math.max(...spins) / Math.min(...spins) - 1;
    const pressure = meanOf(noiseProbes.flatMap(({ cpuPressureShare }) => cpuPressureShare ?? []));
    const steal = meanOf(noiseProbes.flatMap(({ stealShare }) => stealShare ?? []));
    const signs = [
      spread > mostReferenceSpread
        ? `a fixed computation took up to ${percent(spread)} longer`
        : '',
      pressure > mostPressure ? `programs waited for a CPU ${percent(pressure)} of the time` : '',
      steal > mostStealShare ? `${percent(steal)} of CPU time went to other virtual machines` : '',
    ].filter((sign) => sign !== '');
    if (signs.length === 0) return null;
    return {
      message: `between trials, ${signs.join('; ')}: the numbers vary more than the servers do`,
      advice: 'end other programs, fix the CPU frequency, or use a dedicated machine',
    };
  },
};

/**
 * Cores that others may keep busy: the runner and the system need some, more on a large machine. On a quiet machine the
 * difference below is within ±0.13 of 0 (`hello`, the most kernel work for a request, in windows of 1 s).
 */
const mostOtherCores = 0.15;
export const mostOtherShareOfMachine = 0.02;
/** Share added to own CPU time: kernel work for connections is not all charged to server and load generator. */
const ownOverhead = 0.05;
/** CPU time of the probes at the ends of a window; the kernel counts in steps of 10 ms. */
const probingSeconds = 0.02;

type HostFigures = Pick<
  Measurement,
  'host' | 'server' | 'client' | 'database' | 'windowSeconds' | 'loadWorkers'
>;
type Machine = Pick<GateContext, 'cpusOnline' | 'isClientApart'>;

/** "other programs kept 1.6 cores busy"; null where they did not. */
function busyNeighbours(
  { host, server, database, windowSeconds, ...load }: HostFigures,
  { cpusOnline, isClientApart = false }: Machine,
): string | null {
  const { busyCpuSeconds } = host;
  const client = isClientApart ? 0 : generatorCpuSecondsHere(load);
  if (busyCpuSeconds === null || server.cpuSeconds === null || client === null) {
    return null;
  }
  const used = server.cpuSeconds + client + (database?.cpuSeconds ?? 0);
  const own = used / windowSeconds;
  const others = busyCpuSeconds / windowSeconds - own;
  const allowed = Math.max(mostOtherCores, mostOtherShareOfMachine * cpusOnline);
  return others > allowed + ownOverhead * own + probingSeconds / windowSeconds
    ? `other programs kept ${others.toFixed(1)} cores busy`
    : null;
}

/** Whether other programs used the CPU during a window. */
export const noisyNeighbour: Gate<[HostFigures, Machine]> = {
  code: 'noisy-neighbour',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'other programs used 0.15 of a core (or 2 % of the machine) in the window',
  test: (figures, machine) => {
    const seen = busyNeighbours(figures, machine);
    if (seen === null) return null;
    return {
      message: `${seen} during the window: the server may have had less CPU time`,
      advice: 'end them and run again',
    };
  },
};

/** "3 % of the CPU time went to other virtual machines"; null where it did not. */
function stolenTime({ host, windowSeconds }: HostFigures, { cpusOnline }: Machine): string | null {
  const share = (host.stealSeconds ?? 0) / (windowSeconds * cpusOnline);
  return share > mostStealShare
    ? `${percent(share)} of the CPU time went to other virtual machines`
    : null;
}

/** Whether other virtual machines on the same host took CPU time during a window. */
export const cpuStolen: Gate<[HostFigures, Machine]> = {
  code: 'cpu-stolen',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'the hypervisor took 1 % of the CPU time in the window',
  test: (figures, machine) => {
    const seen = stolenTime(figures, machine);
    if (seen === null) return null;
    return {
      message: `${seen} on the same host: the server had less`,
      advice: 'use a machine, or an instance type, with dedicated CPUs',
    };
  },
};

/**
 * What disturbed a measurement, as a clause, so that it may be repeated; null if nothing did. Looks at the host's figures
 * alone: repeating by the result would bias it.
 */
export function disturbanceOf(measurement: HostFigures, machine: Machine): string | null {
  return busyNeighbours(measurement, machine) ?? stolenTime(measurement, machine);
}

const disturbanceCodes = new Set([noisyNeighbour.code, cpuStolen.code]);

/** Whether a measurement carries a warning that other programs or virtual machines disturbed it. */
export const isDisturbed = ({ warnings }: { readonly warnings: readonly Warning[] }): boolean =>
  warnings.some(({ code }) => disturbanceCodes.has(code));
