import { readOpenFilesLimit } from '../probes/proc.ts';

/** What a generator needs beside its connections: pipes, event queues, connections that are being closed. */
const otherFiles = 100;

/** How many connections this process can hold at once. */
export function connectionsPossible(): number {
  return (readOpenFilesLimit() ?? Number.POSITIVE_INFINITY) - otherFiles;
}

export function tooManyConnections(connections: number): string {
  const needed = connections + otherFiles;
  return `${connections} connections need ${needed} open files, and the limit is ${readOpenFilesLimit()}: raise it with \`ulimit -n ${needed}\`, or ask for fewer`;
}
