import type { RunDocument } from '../../results/run-document.ts';

export const hostileText = `</script><script>alert(1)</script><img src=x onerror="alert(1)"> 'quotes' & 🦊\u2028`;

/** A document whose every text from outside tries to break out of wherever it is put. */
export function hostile(document: RunDocument): RunDocument {
  const rename = (name: string) => `${name}${hostileText}`;
  return {
    ...document,
    command: [...document.command, hostileText, 'x'.repeat(10_000)],
    environment: { ...document.environment, cpuModel: hostileText, kernel: hostileText },
    plan: {
      ...document.plan,
      servers: document.plan.servers.map((server) => ({
        ...server,
        name: rename(server.name),
        summary: hostileText,
        standsFor: hostileText,
        version: hostileText,
      })),
      workloads: document.plan.workloads.map((workload) => ({
        ...workload,
        name: rename(workload.name),
        servers: workload.servers.map(rename),
        summary: hostileText,
      })),
    },
    trials: document.trials.map((trial) => {
      const named = { ...trial, server: rename(trial.server), workload: rename(trial.workload) };
      return named.status === 'ok'
        ? named
        : { ...named, reason: `${named.reason}${hostileText}${'x'.repeat(10_000)}` };
    }),
  };
}
