import type { ConnectionMemory } from './document/run-document.ts';
import { meanOf } from './statistics/summary.ts';

/** The memory of a server, read several times with a number of connections. */
export interface MemoryReadings {
  readonly connections: number;
  readonly pssBytes: readonly number[];
}

/** The memory that each connection adds, from readings with few and with many connections; null without readings. */
export function connectionMemoryFrom(
  few: MemoryReadings,
  many: MemoryReadings,
): ConnectionMemory | null {
  const added = many.connections - few.connections;
  if (added <= 0 || few.pssBytes.length === 0 || many.pssBytes.length === 0) return null;
  const rangeOf = ({ pssBytes }: MemoryReadings) => Math.max(...pssBytes) - Math.min(...pssBytes);
  return {
    fewConnections: few.connections,
    manyConnections: many.connections,
    bytesEach: (meanOf(many.pssBytes) - meanOf(few.pssBytes)) / added,
    noiseBytesEach: (rangeOf(few) + rangeOf(many)) / added,
  };
}
