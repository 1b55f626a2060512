import type { RunDocument } from '../document/run-document.ts';

/** Placeholder until the statistics land. */
export const undecidedServers = (document: RunDocument): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(document.plan.workloads.map(({ name, servers }) => [name, new Set(servers)]));
