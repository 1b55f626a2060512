import type { Behaviour } from '../behaviour.ts';
import type { Rig } from '../rig.ts';
import type { CalibrationRow } from '../row.ts';

/** A server of known behaviour, and what is to be read of it. */
export interface CalibrationCase {
  readonly name: string;
  readonly behaviour: Behaviour;
  measure(rig: Rig): Promise<CalibrationRow[]>;
}

export const closedLoopName = 'closed loop';
export const openLoopName = 'open loop';
