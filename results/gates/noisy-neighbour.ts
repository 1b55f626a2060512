import { percent } from '../format.ts';
import type { MeasurementGate } from './gate.ts';

/** Cores that others may keep busy: the runner and the system need some, more on a large machine. */
const mostOtherCores = 0.25;
const mostOtherShareOfMachine = 0.02;
/** CPU time of the probes at the ends of a window; the kernel counts in steps of 10 ms. */
const probingSeconds = 0.1;
/** Kernel work for the connections is not all charged to the server and the load generator. */
const ownOverhead = 0.15;
const mostStealShare = 0.01;

/** Whether other programs used the CPU during a window. */
export const noisyNeighbour: MeasurementGate = {
  code: 'noisy-neighbour',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'other programs used a quarter of a core (or 2 % of the machine) in the window',
  test: ({ host, server, client, windowSeconds }, { cpusOnline }) => {
    const { busyCpuSeconds } = host;
    if (busyCpuSeconds === null || server.cpuSeconds === null || client.cpuSeconds === null) {
      return [];
    }
    const own = (server.cpuSeconds + client.cpuSeconds) / windowSeconds;
    const others = busyCpuSeconds / windowSeconds - own;
    const allowed = Math.max(mostOtherCores, mostOtherShareOfMachine * cpusOnline);
    if (others <= allowed + ownOverhead * own + probingSeconds / windowSeconds) return [];
    return [
      {
        message: `other programs kept ${others.toFixed(1)} cores busy during the window: the server may have had less CPU time`,
        advice: 'end them and run again',
      },
    ];
  },
};

/** Whether other virtual machines on the same host took CPU time during a window. */
export const cpuStolen: MeasurementGate = {
  code: 'cpu-stolen',
  severity: 'warn',
  check: 'host',
  blame: 'host',
  raisedWhen: 'the hypervisor took 1 % of the CPU time in the window',
  test: ({ host, windowSeconds }, { cpusOnline }) => {
    const share = (host.stealSeconds ?? 0) / (windowSeconds * cpusOnline);
    if (share <= mostStealShare) return [];
    return [
      {
        message: `${percent(share)} of the CPU time went to other virtual machines on the same host: the server had less`,
        advice: 'use a machine, or an instance type, with dedicated CPUs',
      },
    ];
  },
};
