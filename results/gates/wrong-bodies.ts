import { plural } from '../format.ts';
import { type MeasurementGate } from './gate.ts';

/** Answers with other bodies are other work. */
export const wrongBodies: MeasurementGate = {
  code: 'wrong-bodies',
  severity: 'void',
  check: 'work',
  blame: 'server',
  raisedWhen: 'an answer has another body than expected',
  test: ({ requests: { ok, mismatched } }) =>
    mismatched === 0
      ? []
      : [
          {
            message: `${mismatched} of ${plural(ok, 'answer')} had another body than expected: the server did other work`,
            advice: 'compare its answer with what docs/wire-contract.md requires',
          },
        ],
};
