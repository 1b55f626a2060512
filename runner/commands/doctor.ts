import { styleText } from 'node:util';
import { servers } from '../../servers/index.ts';
import { judgeClock, readClock } from '../doctor/clock.ts';
import type { Finding } from '../doctor/finding.ts';
import {
  judgeBacklog,
  judgeCores,
  judgeLayout,
  judgeOpenFiles,
  judgePrecedence,
} from '../doctor/limits.ts';
import { judgeNoise } from '../doctor/noise.ts';
import { judgeToolchains } from '../doctor/toolchains.ts';
import { RunError } from '../errors.ts';
import { layOutCpus } from '../plan/cpu-layout.ts';
import { allowedCpus, availableCpus, readCores } from '../probes/cpus.ts';
import { readEnvironment } from '../probes/environment.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';

const looks = 10;

/** `bench doctor`: what on this machine stands in the way of good numbers, and how to mend it. */
export async function doctor(): Promise<void> {
  const environment = await readEnvironment(availableCpus());
  process.stdout.write(
    `${environment.cpuModel}, ${environment.operatingSystem}, ${environment.kernel}, Node.js ${environment.nodeVersion}\n\n`,
  );
  const cpus = allowedCpus();
  const layout = layOutCpus(cpus, readCores(cpus));
  const noiseProbes = [];
  for (let look = 0; look < looks; look++) noiseProbes.push(await probeMachineNoise(look));
  const findings = [
    judgeCores(environment.cpusAvailable, environment.cpusOnline),
    ...judgeLayout(layout),
    judgePrecedence(environment.realTimeGenerator, layout),
    judgeOpenFiles(environment.openFilesLimit),
    judgeBacklog(environment.listenBacklogLimit),
    ...judgeClock(await readClock()),
    ...judgeNoise(noiseProbes),
    ...(await judgeToolchains(servers)),
  ];
  process.stdout.write(`${findings.map(describe).join('\n')}\n`);
  const bad = findings.filter(({ state }) => state === 'bad').length;
  if (bad > 0)
    throw new RunError(`${bad} of these would make numbers from this machine misleading.`);
}

const marks = {
  good: styleText('green', '✓'),
  mind: styleText('yellow', '!'),
  bad: styleText('red', '✗'),
};

function describe({ subject, state, found, advice }: Finding): string {
  const line = `${marks[state]} ${subject.padEnd(15)} ${found}`;
  return advice === null
    ? line
    : `${line}\n  ${' '.repeat(16)}${advice.replaceAll('\n', `\n  ${' '.repeat(16)}`)}`;
}
