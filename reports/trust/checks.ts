import type { Measurement, RunDocument } from '../../results/run-document.ts';
import { sameServerShare } from '../../results/verdicts/floor.ts';
import { percent } from '../../results/verdicts/ratio-in-words.ts';
import { formatNumber, plural } from '../numbers.ts';
import { type Check, good, unknown, within } from './check.ts';

/** More of its core than this, and the load generator may have been what was measured. */
const mostClientCores = 0.7;
/** A machine whose speed changes by more from block to block is noisy. */
const mostSpinSpread = 0.05;
/** Blocks that a comparison should have: below, its interval is wide and its distribution guessed. */
const fewestBlocks = 6;

/** Whether a run's numbers can be believed, point by point. */
export function checksOf(document: RunDocument): Check[] {
  const measurements = document.trials.flatMap((trial) => trial.measurements);
  if (measurements.length === 0) return [];
  return [
    accounted(measurements),
    answered(measurements),
    generator(measurements),
    ...sendLag(measurements),
    acceptQueue(measurements),
    machine(document),
    sameServer(document),
    blocks(document),
  ];
}

function accounted(measurements: readonly Measurement[]): Check {
  const sent = total(measurements, ({ requests }) => requests.sent);
  const known = total(
    measurements,
    ({ requests: { ok, non2xx, timeouts, errors } }) => ok + non2xx + timeouts + errors,
  );
  const title = 'Every request is accounted for';
  return sent === known
    ? good(
        title,
        `All ${plural(sent, 'request')} that were sent were answered, timed out or failed.`,
      )
    : within(
        title,
        1,
        0,
        `${plural(sent, 'request')} were sent, but the fate of ${known} is known.`,
      );
}

function answered(measurements: readonly Measurement[]): Check {
  const bad = total(
    measurements,
    ({ requests: { non2xx, timeouts, errors, mismatched } }) =>
      non2xx + timeouts + errors + mismatched,
  );
  return within(
    'Requests got good answers',
    bad,
    0,
    bad === 0 ? 'Each got status 2xx and the expected body.' : `${plural(bad, 'request')} did not.`,
  );
}

function generator(measurements: readonly Measurement[]): Check {
  const title = 'The load generator was not the bottleneck';
  const cores = measurements.flatMap(({ client, windowSeconds }) =>
    client.cpuSeconds === null ? [] : client.cpuSeconds / windowSeconds,
  );
  if (cores.length === 0) return unknown(title, 'Its CPU time could not be read on this platform.');
  const most = Math.max(...cores);
  return within(
    title,
    most,
    mostClientCores,
    `It used at most ${percent(most)} of a core; up to ${percent(mostClientCores)} is allowed.`,
  );
}

function sendLag(measurements: readonly Measurement[]): Check[] {
  const open = measurements.filter(({ loop, sendLag }) => loop === 'open' && sendLag);
  const lags = open.flatMap(({ sendLag, responseTime }) => {
    const lag = sendLag?.p99Ms ?? Number.POSITIVE_INFINITY;
    return [{ lag, limit: Math.max(2, 0.05 * (responseTime?.p99Ms ?? 0)) }];
  });
  const [worst] = lags.toSorted((a, b) => b.lag / b.limit - a.lag / a.limit);
  if (!worst) return [];
  return [
    within(
      'Requests left when they should',
      worst.lag,
      worst.limit,
      Number.isFinite(worst.lag)
        ? `In the worst open loop 99 % left within ${formatNumber(worst.lag)} ms of their time; up to ${formatNumber(worst.limit)} ms is allowed there.`
        : 'In an open loop, some never left.',
    ),
  ];
}

function acceptQueue(measurements: readonly Measurement[]): Check {
  const title = 'No connection had to knock twice';
  const counts = measurements.flatMap(({ kernel }) =>
    [kernel.listenOverflows, kernel.listenDrops, kernel.synRetransmits].filter(
      (one) => one !== null,
    ),
  );
  if (counts.length === 0) return unknown(title, 'The kernel’s counters could not be read.');
  const sum = counts.reduce((total, one) => total + one, 0);
  return within(
    title,
    sum,
    0,
    sum === 0
      ? 'The kernel counted no accept-queue overflow, drop or SYN retransmit.'
      : `Accept-queue overflows, drops and SYN retransmits: ${sum} in all; each costs a request a second or more.`,
  );
}

function machine({ canaries }: RunDocument): Check {
  const title = 'The machine was quiet';
  const spins = canaries.map(({ spinMs }) => spinMs);
  if (spins.length === 0) return unknown(title, 'Nothing was measured of it.');
  const spread = Math.max(...spins) / Math.min(...spins) - 1;
  const pressures = canaries.flatMap(({ cpuPressureShare }) => cpuPressureShare ?? []);
  const steals = canaries.flatMap(({ stealShare }) => stealShare ?? []);
  const worst = (what: string, shares: readonly number[]) =>
    shares.length > 0 ? [`${what} at most ${percent(Math.max(...shares))}`] : [];
  return within(
    title,
    spread,
    mostSpinSpread,
    `${[
      `A fixed computation before each block varied by ${percent(spread)}`,
      ...worst('CPU pressure was', pressures),
      ...worst('time stolen by other guests', steals),
    ].join('; ')}. Up to ${percent(mostSpinSpread)} of variation is allowed.`,
  );
}

function sameServer(document: RunDocument): Check {
  const title = 'A server equals itself';
  const controls = document.trials.filter(({ purpose }) => purpose === 'control');
  if (controls.length === 0) return unknown(title, 'No server was measured twice in a block.');
  const share = sameServerShare(document, { kind: 'throughput' });
  return good(
    title,
    `Measured twice within a block, servers differed from themselves by ${percent(share)} on average; no smaller difference in throughput is claimed.`,
  );
}

function blocks({ plan, trials, seed }: RunDocument): Check {
  const run = new Set(trials.map(({ block }) => block)).size;
  return within(
    'Enough blocks, in an order left to chance',
    -run,
    -fewestBlocks,
    `${plural(run, 'block')} of ${plan.blocks} planned, each with every server once, in an order permuted from seed ${seed}. Below ${fewestBlocks} blocks only large differences show.`,
  );
}

const total = (
  measurements: readonly Measurement[],
  quantity: (measurement: Measurement) => number,
): number => measurements.reduce((sum, measurement) => sum + quantity(measurement), 0);
