import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Random, seededRandom } from '../../results/statistics/random.ts';
import { messageOf } from '../../runner/errors.ts';
import { inWords, wrongAfter } from './aftermath.ts';
import { type FailureKind, kinds, stages } from './kinds.ts';
import { VictimRun } from './victim-run.ts';

/** A fault, chosen by chance. */
export interface Attack {
  readonly kind: FailureKind;
  readonly model: string;
  readonly stage: (typeof stages)[number];
  /** How long after the beginning of the stage it strikes. */
  readonly delayMs: number;
}

const models = ['event-loop', 'prefork', 'pool'];
const longestDelayMs = 250;
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
    .filter(({ name }) => only === undefined || name === only);
  if (possible.length === 0) {
    throw new RangeError(`no kind of fault possible here is named ${only}`);
  }
  const first = Math.floor(random() * possible.length);
  return Array.from({ length: count }, (_, index) => {
    const kind = possible[(first + 7 * index) % possible.length] as FailureKind;
    return {
      kind,
      model: oneOf(kind.models ?? models, random),
      stage: oneOf(stages, random),
      delayMs: Math.round(random() * longestDelayMs),
    };
  });
}

export const attackInWords = ({ kind, model, stage, delayMs }: Attack): string =>
  kind.strike ? `${kind.name}, ${delayMs} ms after ${stage}, ${model}` : `${kind.name}, ${model}`;

/** What a fault led to. */
export interface Outcome {
  /** Nothing if the run ended as it should. */
  readonly wrong: readonly string[];
  /** False where the run ended before the fault, or had no process of the kind then: nothing was survived. */
  readonly struck: boolean;
  readonly ended: string;
}

/** Injects one fault. */
export async function tryAttack({ kind, model, stage, delayMs }: Attack): Promise<Outcome> {
  const run = new VictimRun(model, kind.surroundings);
  try {
    const wrong: string[] = [];
    let struck = !kind.strike;
    if (kind.strike && (stage === 'command' || (await run.reaches(stage)))) {
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
