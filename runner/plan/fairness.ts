import type { Fairness } from '../../results/document/run-document.ts';
import { pairedAmong } from '../../results/fidelity/pairs.ts';
import type { Profile } from './budget.ts';
import type { ConfiguredWorkload } from './plan.ts';
import type { Selection } from './selection.ts';

/** Starting a server once more, and finding the parameters at which a request has the target's cost; seen on two cores. */
const secondsPerCalibration = 8;

/** A profile and workloads as `--fairness` changes them, and the time that this takes. */
export interface FairPlan {
  readonly profile: Profile;
  readonly workloads: readonly ConfiguredWorkload[];
  readonly calibrationSeconds: number;
}

/**
 * With `--fairness demand`, models are compared with their references: each pair is also loaded in proportion to its
 * capacity and over fewer connections. With equal parameters they differ by language, too, so nothing is added.
 */
export function planFairness(
  fairness: Fairness,
  profile: Profile,
  { servers, workloads }: Selection,
): FairPlan {
  if (fairness === 'work') return { profile, workloads, calibrationSeconds: 0 };
  const swept = workloads.map((workload) => {
    const paired = pairedAmong(servers.filter(({ name }) => workload.servers.includes(name)));
    return { ...workload, sweptServers: paired.map(({ name }) => name) };
  });
  const hasPairs = swept.some(({ sweptServers }) => sweptServers.length > 0);
  return {
    profile: hasPairs
      ? { ...profile, furtherWindows: [...profile.furtherWindows, 'proportional'] }
      : profile,
    workloads: swept,
    calibrationSeconds: calibrationsIn(workloads) * secondsPerCalibration,
  };
}

/** The number of requests to calibrate over all servers; workloads with the same request share a calibration. */
function calibrationsIn(workloads: readonly ConfiguredWorkload[]): number {
  const requests = workloads.flatMap(({ definition, classes, servers }) => {
    const found = classes.find(({ name }) => name === definition?.demand?.requestClass);
    return found ? servers.map((server) => `${server} ${found.path}`) : [];
  });
  return new Set(requests).size;
}
