import type { PlannedServer } from '../../results/document/run-document.ts';

/** How a server looks wherever it appears: a model's hue, and for a real system that hue, drawn hollow and dashed. */
export interface Look {
  readonly hue: string;
  readonly hollow: boolean;
  readonly shape: 'circle' | 'triangle' | 'rect' | 'rectRot' | 'star';
  /** Lengths of strokes and gaps of a line; two real systems of one model differ by them. */
  readonly dash: readonly number[];
}

/**
 * Hues that colour-blind readers tell apart (Okabe and Ito, "Color Universal Design", 2008), and of unequal
 * lightness so that grey print does too. The dark ones are the same hues, lightened for a dark page.
 */
export const hues: Readonly<Record<string, { readonly light: string; readonly dark: string }>> = {
  'event-loop': { light: '#0072b2', dark: '#4aa8e0' },
  prefork: { light: '#d55e00', dark: '#f08a45' },
  pool: { light: '#009e73', dark: '#33c79b' },
  'other-1': { light: '#a3528a', dark: '#d58fc0' },
  'other-2': { light: '#8a6d00', dark: '#d9b93b' },
  'other-3': { light: '#5b5f66', dark: '#a9afb8' },
};

/** How dense a timeline draws a stretch of a request, of its server's hue; what is queued is drawn in grey. */
export const densities = { queued: 0.45, waiting: 0.38, computing: 1 } as const;

const shapes: Readonly<Record<string, Look['shape']>> = {
  'event-loop': 'circle',
  prefork: 'triangle',
  pool: 'rect',
  'other-1': 'rectRot',
  'other-2': 'star',
  'other-3': 'circle',
};

const dashes = [
  [6, 4],
  [2, 3],
  [8, 3, 2, 3],
];

/** The looks of a run's servers by name. A reference takes the hue of the model that stands for it. */
export function looksOf(servers: readonly PlannedServer[]): ReadonlyMap<string, Look> {
  const others = Object.keys(hues).filter((hue) => hue.startsWith('other'));
  const strangers = servers.filter((server) => !Object.hasOwn(hues, familyOf(server)));
  return new Map(
    servers.map((server) => {
      const family = familyOf(server);
      const hue = Object.hasOwn(hues, family)
        ? family
        : (others[strangers.indexOf(server) % others.length] ?? 'other-1');
      const hollow = server.kind === 'reference';
      const siblings = servers.filter(
        (one) => one.kind === 'reference' && familyOf(one) === family,
      );
      const dash = hollow ? (dashes[siblings.indexOf(server) % dashes.length] ?? []) : [];
      return [server.name, { hue, hollow, shape: shapes[hue] ?? 'circle', dash }];
    }),
  );
}

const familyOf = ({ name, modelledBy }: PlannedServer): string => modelledBy ?? name;
