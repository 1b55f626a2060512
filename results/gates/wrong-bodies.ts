import { plural } from '../format.ts';
import { defineGate, type MeasurementGate } from './gate.ts';

/** Answers with other bodies are other work. */
export const wrongBodies: MeasurementGate = defineGate({
  check: 'work',
  blame: 'server',
  warnings: {
    'wrong-bodies': { severity: 'void', raisedWhen: 'an answer has another body than expected' },
  },
  test: ({ requests: { ok, mismatched } }) =>
    mismatched === 0
      ? []
      : [
          {
            code: 'wrong-bodies',
            message: `${mismatched} of ${plural(ok, 'answer')} had another body than expected: the server did other work`,
            advice: 'compare its answer with what docs/wire-contract.md requires',
          },
        ],
});
