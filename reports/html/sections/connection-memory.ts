import type { ConnectionMemory, Pilot } from '../../../results/document/run-document.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { formatNumber, formatWithRange } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { figure, idPart, table } from '../figure.ts';
import type { Html } from '../html.ts';
import { shortName } from '../short-name.ts';

interface Row {
  readonly name: string;
  readonly look: Look;
  readonly memory: ConnectionMemory;
}

const kib = (bytes: number): number => bytes / 1024;

/** Null where what a connection adds is lost in noise. */
function rangeOf({ bytesEach, noiseBytesEach }: ConnectionMemory) {
  if (bytesEach <= noiseBytesEach) return null;
  return { low: kib(bytesEach - noiseBytesEach), high: kib(bytesEach + noiseBytesEach) };
}

const mostKib = ({ bytesEach, noiseBytesEach }: ConnectionMemory): number =>
  kib(Math.max(bytesEach, 0) + noiseBytesEach);

/** What a connection adds, in KiB, as far as it can be told from noise. */
export function connectionMemoryText(memory: ConnectionMemory): string {
  const range = rangeOf(memory);
  return range
    ? formatWithRange(kib(memory.bytesEach), range)
    : `less than ${formatNumber(mostKib(memory))}`;
}

/** What each further connection with a request in flight adds to memory; null where it was not looked at. */
export function connectionMemory(
  { workload, servers }: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  pilots: readonly Pilot[],
): Html | null {
  const rows = servers.flatMap(({ server: { name } }): Row[] => {
    const pilot = pilots.find((one) => one.server === name && one.workload === workload.name);
    const look = looks.get(name);
    return look && pilot?.connectionMemory ? [{ name, look, memory: pilot.connectionMemory }] : [];
  });
  if (rows.length === 0) return null;
  const title = 'Memory a connection in flight';
  return figure({
    id: `connection-memory-${idPart(workload.name)}`,
    title,
    note: 'What each further connection with an unanswered request adds to the proportional set size: seen once, in the first block, beyond what the server had held before. Whiskers: how far memory varied with connections unchanged. Without the kernel’s socket buffers.',
    summary: `${rows.map(({ name, memory }) => `${name} ${connectionMemoryText(memory)}`).join(', ')} KiB.`,
    spec: {
      kind: 'bars',
      axis: 'KiB',
      bars: rows.map(({ name, look, memory }) => {
        const range = rangeOf(memory);
        return {
          label: shortName(name),
          look,
          value: range ? kib(memory.bytesEach) : 0,
          range: range ?? { low: 0, high: mostKib(memory) },
          expected: null,
          text: range ? formatNumber(kib(memory.bytesEach), range) : connectionMemoryText(memory),
        };
      }),
    },
    numbers: table(
      `${title}, ${workload.name}`,
      [
        { title: 'server', cell: ({ name }: Row) => name },
        { title: 'KiB', numeric: true, cell: ({ memory }) => connectionMemoryText(memory) },
        {
          title: 'connections',
          numeric: true,
          cell: ({ memory }) => `${memory.fewConnections} to ${memory.manyConnections}`,
        },
      ],
      rows,
    ),
  });
}
