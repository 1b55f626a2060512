import type { ConnectionMemory, Pilot } from '../../../results/document/run-document.ts';
import { formatNumber, formatWithRange } from '../../../results/format.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { Html } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { type Bar, barFigure } from '../figures/bar-figure.ts';

/** A connection's memory as a bar in KiB; where noise hides it, as the upper limit alone. */
export function connectionMemoryBar(server: string, memory: ConnectionMemory): Bar {
  const [value, noise] = [memory.bytesEach / 1024, memory.noiseBytesEach / 1024];
  const range = { low: value - noise, high: value + noise };
  const basis = `${memory.fewConnections} to ${memory.manyConnections}`;
  const common = { server, predicted: null, basis };
  if (value > noise) {
    const text = formatWithRange(value, range);
    return { ...common, value, range, label: formatNumber(value, range), text };
  }
  const high = Math.max(value, 0) + noise;
  const text = `less than ${formatNumber(high)}`;
  return { ...common, value: 0, range: { low: 0, high }, label: text, text };
}

/** The memory that each further connection with a request in flight takes; null where it was not measured. */
export function connectionMemory(
  { workload, servers }: WorkloadRanking,
  styleOf: StyleOf,
  pilots: readonly Pilot[],
): Html | null {
  const measured = servers.flatMap(({ server: { name } }) => {
    const pilot = pilots.find((one) => one.server === name && one.workload === workload.name);
    return pilot?.connectionMemory ? [{ name, memory: pilot.connectionMemory }] : [];
  });
  if (measured.length === 0) return null;
  const absent = servers
    .map(({ server }) => server.name)
    .filter((name) => !measured.some((one) => one.name === name));
  return barFigure(
    {
      id: 'connection-memory',
      title: 'Memory per in-flight connection',
      workload: workload.name,
      axis: 'KiB',
      note: `How much each further connection with an unanswered request adds to the server’s memory: measured once, in the first block, without the kernel’s socket buffers. Whiskers: how far memory varied while the connections did not change.${absent.length > 0 ? ` Not measured: ${absent.join(', ')}.` : ''}`,
      bars: measured.map(({ name, memory }) => connectionMemoryBar(name, memory)),
      basis: 'connections',
    },
    styleOf,
  );
}
