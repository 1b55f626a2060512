import type { PlannedServer } from '../../results/document/run-document.ts';
import type { SeriesStyle, Theme } from './chart-spec.ts';

interface ModelStyle {
  readonly light: string;
  readonly dark: string;
  readonly shape: SeriesStyle['shape'];
}

/**
 * Colours that colour-blind readers tell apart (Okabe and Ito, "Color Universal Design", 2008), of unequal lightness so
 * that they differ in grey print too. The dark ones are the same hues, lightened for a dark page.
 */
const colors: Readonly<Record<string, ModelStyle>> = {
  'event-loop': { light: '#0072b2', dark: '#4aa8e0', shape: 'circle' },
  prefork: { light: '#d55e00', dark: '#f08a45', shape: 'triangle' },
  pool: { light: '#009e73', dark: '#33c79b', shape: 'rect' },
  threads: { light: '#a3528a', dark: '#d58fc0', shape: 'rectRot' },
  'other-1': { light: '#7a4a1e', dark: '#c9986a', shape: 'rectRot' },
  'other-2': { light: '#8a6d00', dark: '#d9b93b', shape: 'star' },
  'other-3': { light: '#5b5f66', dark: '#a9afb8', shape: 'circle' },
};

const colorsIn = (scheme: 'light' | 'dark') =>
  Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, color[scheme]]));

export const light: Theme = {
  ink: '#16181d',
  muted: '#5a606b',
  grid: '#e4e6ea',
  paper: '#ffffff',
  colors: colorsIn('light'),
};

export const dark: Theme = {
  ink: '#eceef2',
  muted: '#a2a9b5',
  grid: '#2c313a',
  paper: '#14161a',
  colors: colorsIn('dark'),
};

export const font =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** CSS rules for drawings in one theme. Colours are literal: programs other than browsers know no CSS variables. */
export const drawingCss = ({ ink, muted, grid, paper, colors }: Theme): string =>
  `${Object.entries(colors)
    .map(([name, color]) => `.color-${name} { fill: ${color}; stroke: ${color}; }`)
    .join('\n')}
.paper { fill: ${paper}; }
.ink { fill: ${ink}; }
.muted, .queued { fill: ${muted}; }
.track { fill: ${grid}; }
.line { stroke: ${grid}; fill: none; }
.arrow { stroke: ${muted}; fill: none; }
.queued { fill-opacity: .45; }
.waiting { fill-opacity: .38; }
.flat { stroke: none; }
.hollow { fill: none; }
`;

const dashes = [
  [6, 4],
  [2, 3],
  [8, 3, 2, 3],
  [12, 3],
];

export type StyleOf = (server: string) => SeriesStyle;

/** The style of each of a run's servers, by name. A reference takes the colour of the model that models it. */
export function seriesStyles(servers: readonly PlannedServer[]): StyleOf {
  const family = ({ name, modelledBy }: PlannedServer) => modelledBy ?? name;
  const others = Object.keys(colors).filter((name) => name.startsWith('other'));
  const unknown = servers.filter((server) => !Object.hasOwn(colors, family(server)));
  const styles = new Map(
    servers.map((server): [string, SeriesStyle] => {
      const color = Object.hasOwn(colors, family(server))
        ? family(server)
        : (others[unknown.indexOf(server) % others.length] ?? 'other-3');
      const hollow = server.kind === 'reference';
      const siblings = servers.filter(
        (one) => one.kind === 'reference' && family(one) === family(server),
      );
      const dash = hollow ? (dashes[siblings.indexOf(server) % dashes.length] ?? []) : [];
      return [server.name, { color, hollow, shape: colors[color]?.shape ?? 'circle', dash }];
    }),
  );
  return (name) =>
    styles.get(name) ?? { color: 'other-3', hollow: false, shape: 'circle', dash: [] };
}

/** A name as drawings write it: whole up to 16 characters; tables have all of it. */
export const shortName = (name: string): string =>
  name.length > 16 ? `${name.slice(0, 15)}…` : name;
