import type { PlannedServer, RunDocument } from '../document/run-document.ts';
import { trialsOf, valuesByBlock } from '../select.ts';
import type { RatioInterval } from '../statistics/log-ratio.ts';
import { type Spread, spreadOf } from '../statistics/summary.ts';
import { throughputComparison, valueRatio } from '../verdicts/ranking.ts';
import type { Comparison } from '../verdicts/verdict.ts';

/** A model and a reference that it models. */
export interface ModelAndReference<Server> {
  readonly model: Server;
  readonly reference: Server;
}

interface Named {
  readonly name: string;
  readonly kind: 'model' | 'reference' | 'custom';
  /** For a reference, the name of its model. */
  readonly modelledBy?: string | undefined;
}

/** Each reference among some servers with its model, where both are present. */
export function modelPairsAmong<Server extends Named>(
  servers: readonly Server[],
): ModelAndReference<Server>[] {
  return servers
    .filter(({ kind }) => kind === 'reference')
    .flatMap((reference) => {
      const model = servers.find(
        ({ name, kind }) => kind === 'model' && name === reference.modelledBy,
      );
      return model ? [{ model, reference }] : [];
    });
}

/** The servers that are part of a pair of model and reference. */
export function pairedAmong<Server extends Named>(servers: readonly Server[]): Server[] {
  const pairs = modelPairsAmong(servers);
  return [...new Set(pairs.flatMap(({ model, reference }) => [model, reference]))];
}

/** A reference beside its model, with the throughput of both under each workload. */
export interface ModelVsReference extends ModelAndReference<PlannedServer> {
  readonly workloads: readonly {
    readonly workload: string;
    readonly model: Spread | null;
    readonly reference: Spread | null;
    /** The reference's throughput over the model's, with its 95 % interval. */
    readonly ratio: RatioInterval | null;
  }[];
}

/** Each reference of a run beside its model, where both ran. */
export function comparedReferences(
  document: RunDocument,
  comparisons: readonly Comparison[],
): ModelVsReference[] {
  const { servers, workloads } = document.plan;
  return modelPairsAmong(servers).map(({ model, reference }) => ({
    model,
    reference,
    workloads: workloads.map(({ name: workload }) => {
      const throughputOf = ({ name: server }: PlannedServer) =>
        spreadOf(
          valuesByBlock(
            trialsOf(document, { server, workload }),
            'closed',
            ({ throughputPerSecond }) => throughputPerSecond,
          ),
        );
      const comparison = throughputComparison(comparisons, workload, reference.name, model.name);
      return {
        workload,
        model: throughputOf(model),
        reference: throughputOf(reference),
        ratio: comparison ? valueRatio(comparison, reference.name) : null,
      };
    }),
  }));
}

/** Two pairs, by name. */
type TwoPairs = readonly [ModelAndReference<string>, ModelAndReference<string>];

/** Whether the references rank like their models by throughput under a workload. */
export interface RankAgreement {
  readonly workload: string;
  /** The number of two pairs in which both the models and the references were compared. */
  readonly compared: number;
  /** The number in which model and reference of the same pair lead, or neither side shows a difference. */
  readonly agreeing: number;
  /** Where the references rank in the opposite order to their models. */
  readonly reversed: readonly TwoPairs[];
}

/** One result for each workload under which two models and their references were compared. */
export function rankAgreements(
  { plan }: RunDocument,
  comparisons: readonly Comparison[],
): RankAgreement[] {
  const pairs = modelPairsAmong(plan.servers).map(({ model, reference }) => ({
    model: model.name,
    reference: reference.name,
  }));
  const twos = pairs.flatMap((first, index) =>
    pairs
      .slice(index + 1)
      .filter(({ model }) => model !== first.model)
      .map((second): TwoPairs => [first, second]),
  );
  return plan.workloads.flatMap(({ name: workload }) => {
    const ranked = twos.flatMap((two) => {
      const [first, second] = two;
      const models = leadOf(comparisons, workload, first.model, second.model);
      const references = leadOf(comparisons, workload, first.reference, second.reference);
      return models === null || references === null ? [] : [{ two, models, references }];
    });
    if (ranked.length === 0) return [];
    return [
      {
        workload,
        compared: ranked.length,
        agreeing: ranked.filter(({ models, references }) => models === references).length,
        reversed: ranked
          .filter(({ models, references }) => models * references < 0)
          .map(({ two }) => two),
      },
    ];
  });
}

/**
 * 1 where the first is faster, −1 where the second is, 0 where the verdict shows no difference; null without a verdict.
 */
function leadOf(
  comparisons: readonly Comparison[],
  workload: string,
  first: string,
  second: string,
): 1 | 0 | -1 | null {
  const verdict = throughputComparison(comparisons, workload, first, second)?.verdict;
  if (!verdict || verdict.kind === 'not-measured') return null;
  if (!('ahead' in verdict)) return 0;
  return verdict.ahead === first ? 1 : -1;
}
