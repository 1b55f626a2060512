import type { Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import type { Gate } from './gate.ts';

/**
 * Cores that others may keep busy: the runner and the system need some, more beside a large machine's work.
 */
const mostOtherCores = 0.25;
const mostOtherShareOfMachine = 0.02;
/** What our own probes take at a window's ends; the kernel counts time in steps of 10 ms. */
const probingSeconds = 0.1;
/** Kernel work for our own connections is not all in our processes' accounts. */
const ownOverhead = 0.15;
const mostStealShare = 0.01;

/** Whether other programs, or other guests of the same host, took CPU time during a window. */
export const noisyNeighbour: Gate = ({ host, server, client, windowSeconds }, { cpusOnline }) => {
  const warnings: Warning[] = [];
  if (host.busyCpuSeconds !== null && server.cpuSeconds !== null && client.cpuSeconds !== null) {
    const ours = (server.cpuSeconds + client.cpuSeconds) / windowSeconds;
    const others = host.busyCpuSeconds / windowSeconds - ours;
    const allowed = Math.max(mostOtherCores, mostOtherShareOfMachine * cpusOnline);
    const unexplained = ownOverhead * ours + probingSeconds / windowSeconds;
    if (others > allowed + unexplained) warnings.push(busy(others));
  }
  const steal = (host.stealSeconds ?? 0) / (windowSeconds * cpusOnline);
  if (steal > mostStealShare) warnings.push(stolen(steal));
  return warnings;
};

const busy = (cores: number): Warning => ({
  code: 'noisy-neighbour',
  severity: 'warn',
  message: `other programs kept ${cores.toFixed(1)} cores busy during the window`,
  advice: 'end them and run again',
});

const stolen = (share: number): Warning => ({
  code: 'cpu-stolen',
  severity: 'warn',
  message: `${percent(share)} of the CPU time was given to other guests of this machine's host`,
  advice: 'use a machine, or a kind of instance, with CPUs of its own',
});
