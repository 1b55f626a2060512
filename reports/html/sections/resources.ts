import { coresBusy as busy, cpuMsPerRequest } from '../../../results/select.ts';
import { type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import type { Look } from '../../findings/palette.ts';
import { barFigure } from '../bar-figure.ts';
import type { Html } from '../html.ts';

type Looks = ReadonlyMap<string, Look>;

const noCpuTime = 'CPU time could not be read on this platform.';

/** How many cores each server kept busy: why one serves more than another. */
export const coresBusy = (contest: WorkloadRanking, looks: Looks): Html =>
  barFigure(contest, looks, {
    id: 'cores',
    title: 'Cores kept busy',
    axis: 'cores',
    about: 'CPU time of all the server’s processes, by the time measured',
    missing: noCpuTime,
    window: 'closed',
    of: busy,
  });

export const cpuPerRequest = (contest: WorkloadRanking, looks: Looks): Html =>
  barFigure(contest, looks, {
    id: 'cpu-request',
    title: 'CPU a request',
    axis: 'ms of CPU time',
    about: 'CPU time of all the server’s processes, by requests answered',
    missing: noCpuTime,
    window: 'closed',
    of: cpuMsPerRequest,
  });

export const memory = (contest: WorkloadRanking, looks: Looks): Html =>
  barFigure(contest, looks, {
    id: 'memory',
    title: 'Memory',
    axis: 'MiB',
    about: 'Proportional set size of all the server’s processes: shared pages counted once',
    missing: 'Memory could not be read on this platform.',
    window: 'closed',
    of: ({ server }) => (server.pssBytes === null ? null : server.pssBytes / 2 ** 20),
  });
