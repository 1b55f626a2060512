import type { RunDocument } from '../../results/document/run-document.ts';
import type { Fidelity } from '../../results/fidelity/fidelity.ts';
import { modelFidelities } from '../../results/fidelity/model-fidelity.ts';
import type { Row } from './render.ts';

/** A row for each score and each end of its interval: of a pair, of a pair under a workload, and of each measure there. */
export function fidelityRows(document: RunDocument): Row[] {
  return modelFidelities(document).flatMap(({ model, reference, fidelity, workloads }) => {
    const rowsOf = (of: Fidelity | null, workload: string, measure: string): Row[] =>
      Object.entries({
        '': of?.score,
        _low: of?.interval?.low,
        _high: of?.interval?.high,
      }).flatMap(([end, value]) => {
        const quantity = `fidelity_to_${reference.name}${measure}${end}`;
        return value === undefined
          ? []
          : [{ server: model.name, workload, quantity, unit: 'share', value }];
      });
    return [
      ...rowsOf(fidelity, '', ''),
      ...workloads.flatMap(({ workload, components, ...one }) => [
        ...rowsOf(one.fidelity, workload, ''),
        ...components.flatMap(({ kind, ...of }) => rowsOf(of.fidelity, workload, `_${kind}`)),
      ]),
    ];
  });
}
