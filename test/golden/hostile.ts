import type { RunDocument } from '../../results/document/run-document.ts';

const hostileText = `</script><script>alert(1)</script><img src=x onerror="alert(1)"> 'quotes' & 🦊\u2028`;

/** A document in whose every text from outside is one that tries to break out of wherever it is put. */
export function hostile(document: RunDocument, text = hostileText): RunDocument {
  const rename = (name: string) => `${name}${text}`;
  const renamed = <Named extends { server: string; workload: string }>(one: Named): Named => ({
    ...one,
    server: rename(one.server),
    workload: rename(one.workload),
  });
  return {
    ...document,
    command: [...document.command, text, 'x'.repeat(10_000)],
    environment: { ...document.environment, cpuModel: text, kernel: text },
    plan: {
      ...document.plan,
      servers: document.plan.servers.map(({ version, workers, keepAlive, ...server }) => ({
        ...server,
        name: rename(server.name),
        summary: text,
        models: text,
        modelledBy: text,
        version: rename(version),
        workers,
        keepAlive,
      })),
      workloads: document.plan.workloads.map((workload) => ({
        ...workload,
        name: rename(workload.name),
        servers: workload.servers.map(rename),
        summary: text,
      })),
    },
    pilots: document.pilots.map(renamed),
    traces: document.traces.map((run) => ({
      ...renamed(run),
      requests: run.requests.map((request) => ({ ...request, worker: rename(request.worker) })),
    })),
    trials: document.trials.map((trial) => {
      const named = renamed(trial);
      return named.status === 'ok'
        ? named
        : { ...named, reason: `${named.reason}${text}${'x'.repeat(10_000)}` };
    }),
  };
}
