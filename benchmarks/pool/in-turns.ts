import { meanOf } from '../../results/statistics/summary.ts';
import type { Generator } from '../../runner/load/generator.ts';
import type { Contender } from './contenders.ts';
import { type ClosedLoop, measure, type Reading, start } from './measure.ts';

const turns = 6;
const settleSeconds = 0.1;

/**
 * Asks contenders that all run at once, one at a time in short turns: what else happens on the machine then falls on
 * all alike, and differences of a few percent can be told. Gives each one's readings, turn by turn.
 */
export async function measureInTurns(
  contenders: readonly Contender[],
  generator: Generator,
  loop: ClosedLoop,
): Promise<Map<Contender, Reading[]>> {
  const servers = await Promise.all(contenders.map(start));
  const asked = contenders.map((contender, index) => ({ contender, server: servers[index] }));
  const readings = new Map<Contender, Reading[]>(contenders.map((contender) => [contender, []]));
  try {
    for (let turn = 0; turn < turns; turn++) {
      const warmupSeconds = turn === 0 ? loop.warmupSeconds : settleSeconds;
      for (const { contender, server } of turn % 2 === 0 ? asked : asked.toReversed()) {
        if (!server) continue;
        const reading = await measure(server, generator, { ...loop, warmupSeconds });
        readings.get(contender)?.push(reading);
      }
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  return readings;
}

export function meanReading(readings: readonly Reading[]): Reading {
  const mean = (key: keyof Reading) => meanOf(readings.map((reading) => reading[key]));
  return {
    throughputPerSecond: mean('throughputPerSecond'),
    serverMicrosARequest: mean('serverMicrosARequest'),
    meanMs: mean('meanMs'),
    p50Ms: mean('p50Ms'),
    p99Ms: mean('p99Ms'),
  };
}
