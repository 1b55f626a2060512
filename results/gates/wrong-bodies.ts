import type { Gate } from './gate.ts';

/** Answers with other bodies are other work. */
export const wrongBodies: Gate = ({ requests: { ok, mismatched } }) =>
  mismatched === 0
    ? []
    : [
        {
          code: 'wrong-bodies',
          severity: 'void',
          message: `${mismatched} of ${ok} answers had another body than expected`,
          advice: 'compare its answer with what docs/wire-contract.md asks for',
        },
      ];
