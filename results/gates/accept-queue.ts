import type { Gate } from './gate.ts';

/**
 * A connection that finds the accept queue full is tried again after 1, 3 or 7 s: times that no server
 * took.
 */
export const acceptQueue: Gate = ({ kernel }) => {
  const counts = [
    [kernel.listenOverflows, 'accept-queue overflow'],
    [kernel.listenDrops, 'dropped connection'],
    [kernel.synRetransmits, 'SYN retransmit'],
  ] as const;
  const seen = counts.flatMap(([count, what]) =>
    count === null || count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`],
  );
  if (seen.length === 0) return [];
  return [
    {
      code: 'accept-queue',
      severity: 'void',
      message: `connections had to knock twice: the kernel counted ${seen.join(', ')}`,
      advice:
        'have the server listen with a backlog of 4096, net.core.somaxconn allowing; or use fewer connections',
    },
  ];
};
