import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Random, seededRandom, shuffled } from '../../results/statistics/random.ts';
import { messageOf } from '../../runner/errors.ts';
import { inWords, wrongAfter } from './aftermath.ts';
import type { FailureKind } from './kind.ts';
import { kinds } from './kinds.ts';
import { type Stage, stages } from './stages.ts';
import { VictimRun } from './victim-run.ts';

/** A fault, chosen by chance. */
export interface Attack {
  readonly kind: FailureKind;
  readonly model: string;
  readonly stage: Stage;
  /** How long after the beginning of the stage it strikes. */
  readonly delayMs: number;
}

const models = ['event-loop', 'prefork', 'pool'];
const isRoot = process.getuid?.() === 0;

const oneOf = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item;

/**
 * Every kind in turn, the rest by chance: the same for the same seed.
 *
 * @param only the name of the only kind wanted
 * @throws RangeError if no kind is possible
 */
export function chooseAttacks(count: number, seed: number, only?: string): Attack[] {
  const random = seededRandom(seed, 'faults');
  const possible = kinds
    .filter(({ needsRoot = false }) => isRoot || !needsRoot)
    .filter(({ needsFile }) => needsFile === undefined || existsSync(needsFile))
    .filter(({ name }) => only === undefined || name === only);
  if (possible.length === 0) {
    throw new RangeError(`no kind of fault possible here is named ${only}`);
  }
  const order = shuffled(possible, random);
  return Array.from({ length: count }, (_, index) => {
    const kind = order[index % order.length] as FailureKind;
    const model = oneOf(kind.models ?? models, random);
    const stage = oneOf(
      stages.filter(({ hasServers }) => hasServers || !kind.needsServers),
      random,
    );
    return { kind, model, stage, delayMs: Math.round(random() * stage.longestDelayMs) };
  });
}

export const attackInWords = ({ kind, model, stage, delayMs }: Attack): string =>
  kind.strike
    ? `${kind.name}, ${delayMs} ms after ${stage.name}, ${model}`
    : `${kind.name}, ${model}`;

/** What a fault led to. */
export interface Outcome {
  /** Nothing if the run ended as it should. */
  readonly wrong: readonly string[];
  /** False where the run ended before the fault: nothing was survived. */
  readonly struck: boolean;
  readonly ended: string;
}

/** Injects one fault. */
export async function tryAttack({ kind, model, stage, delayMs }: Attack): Promise<Outcome> {
  const run = new VictimRun(model, kind.workload ?? 'hello', kind.surroundings);
  try {
    const wrong: string[] = [];
    let struck = !kind.strike;
    if (kind.strike && (stage.name === 'command' || (await run.reaches(stage.name)))) {
      await delay(delayMs);
      if (!run.ended) {
        struck = await kind.strike(run).catch((error: unknown) => {
          wrong.push(messageOf(error));
          return true;
        });
      }
    }
    const end = await run.end;
    wrong.push(...(await wrongAfter(kind, run, end)));
    return { wrong, struck, ended: inWords(end) };
  } finally {
    if (kind.surroundings?.shell?.startsWith('mount')) spawnSync('umount', ['-l', run.folder]);
    await rm(run.base, { recursive: true, force: true });
  }
}
