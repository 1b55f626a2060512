import { hues } from '../findings/palette.ts';
import type { Tones } from './browser/tones.ts';

const hueIn = (scheme: 'light' | 'dark') =>
  Object.fromEntries(Object.entries(hues).map(([name, hue]) => [name, hue[scheme]]));

export const font =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

export const light: Tones = {
  ink: '#16181d',
  muted: '#5a606b',
  grid: '#e4e6ea',
  paper: '#ffffff',
  hues: hueIn('light'),
};

export const dark: Tones = {
  ink: '#eceef2',
  muted: '#a2a9b5',
  grid: '#2c313a',
  paper: '#14161a',
  hues: hueIn('dark'),
};
