import type { Warning } from '../document/run-document.ts';
import type { GateFacts } from './gate.ts';

/** Raised where it happens: a window in which the server died has no measurement to test. */
export const failedInCurveFacts = {
  code: 'failed-in-curve',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen: 'the server died at a load of the load curve',
} as const satisfies GateFacts;

/** @param reason a clause: how the server failed */
export function failedInCurve(perSecond: number, reason: string): Warning {
  const { code, severity } = failedInCurveFacts;
  return {
    code,
    severity,
    message: `the server failed at ${Math.round(perSecond)} requests/s of the load curve: ${reason}`,
    advice: 'see what the server prints, and limit what it accepts',
  };
}
