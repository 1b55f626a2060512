import { font } from '../html/tones.ts';
import { RenderError } from '../render-error.ts';

/** Where none of the page's fonts is installed, any with these in its name is unfit for running text. */
const unfit = /math|mono|symbol|emoji|icon|condensed|narrow/i;

/**
 * The font that pictures are lettered in: the first of the page's that is installed, else any for running text.
 *
 * @throws RenderError where no font is installed: a canvas would draw no letter, and say nothing
 */
export function chooseFont(installed: readonly string[]): string {
  const wanted = font.split(',').map((name) => name.trim().replaceAll("'", ''));
  const others = installed.toSorted();
  const chosen =
    wanted.find((name) => installed.includes(name)) ??
    others.find((name) => !unfit.test(name)) ??
    others[0];
  if (chosen !== undefined) return chosen;
  throw new RenderError(
    'No font was found to letter a PNG with. Install one (Debian, Ubuntu: apt-get install fonts-liberation; Fedora: dnf install liberation-sans-fonts; Alpine: apk add font-liberation) and try again.',
  );
}
