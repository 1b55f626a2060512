import type { ConnectionMemory } from './document/run-document.ts';
import { meanOf } from './statistics/summary.ts';

/** How much memory a server had (PSS, in bytes), read several times with so many connections. */
export interface MemoryReadings {
  readonly connections: number;
  readonly pssBytes: readonly number[];
}

/** What each connection adds, from readings with few and with many of them; null where either has none. */
export function connectionMemoryFrom(
  few: MemoryReadings,
  many: MemoryReadings,
): ConnectionMemory | null {
  const further = many.connections - few.connections;
  if (further <= 0 || few.pssBytes.length === 0 || many.pssBytes.length === 0) return null;
  const rangeOf = ({ pssBytes }: MemoryReadings) => Math.max(...pssBytes) - Math.min(...pssBytes);
  return {
    fewConnections: few.connections,
    manyConnections: many.connections,
    bytesEach: (meanOf(many.pssBytes) - meanOf(few.pssBytes)) / further,
    noiseBytesEach: (rangeOf(few) + rangeOf(many)) / further,
  };
}
