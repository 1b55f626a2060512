import type { Warning } from '../document/run-document.ts';
import type { GateFacts } from './gate.ts';

/** Raised where it happens: a window in which the server died has no measurement to test. */
export const failedInCurveFacts = {
  code: 'failed-in-curve',
  severity: 'warn',
  check: 'work',
  blame: 'server',
  raisedWhen:
    'the server died at a load of the load curve, or over the many connections that show its capacity',
} as const satisfies GateFacts;

/**
 * @param where what the server was measured at: "at 180 requests/s of the load curve"
 * @param reason a clause: how it failed
 */
export function failedInCurve(where: string, reason: string): Warning {
  const { code, severity } = failedInCurveFacts;
  return {
    code,
    severity,
    message: `the server failed ${where}: ${reason}`,
    advice: 'see what the server prints, and limit what it accepts',
  };
}
