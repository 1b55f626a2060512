import type { RunDocument } from '../../../results/document/run-document.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { type Guess, guessesOf } from '../../findings/guesses.ts';
import { countsAt, momentCaption } from '../../timeline/moment.ts';
import { timelinesOf } from '../../timeline/timelines.ts';

/**
 * Questions to answer before the report is read: the page's script hides the report until the reader has guessed or
 * leaves. Null where the run answers none.
 */
export function guess(document: RunDocument, rankings: readonly WorkloadRanking[]): Html | null {
  const guesses = guessesOf(document, rankings);
  if (guesses.length === 0) return null;
  return html`<section class="guess" id="guess" aria-labelledby="guess-heading" hidden>
<h2 id="guess-heading">Guess first</h2>
<p class="lede">Set each slider to what you expect, then compare it with what was predicted and measured.</p>
<ol>${guesses.map((one) => question(document, one))}</ol>
<p><a href="#">Read the report</a></p>
</section>`;
}

const question = (document: RunDocument, guess: Guess): Html =>
  html`<li><form>
<label>${prose(guess.question)}
<span class="row"><input type="range" min="0" max="100" value="0"> <output>1×</output></span></label>
<button type="submit">Compare</button>
<div class="revealed" role="status"></div>
<template><p>Your guess: <b></b>. Predicted: ${guess.predictedText}. Measured: <strong>${prose(guess.measuredText)}</strong>.</p>
<p>${prose([...guess.reasons, busiestMoment(document, guess)].join(' ').trim())}</p></template></form></li>`;

/** What the server did when most requests were in its queue, from the traced run; empty where none was. */
function busiestMoment(document: RunDocument, { workload, server }: Guess): string {
  const { timelines, lastMs } = timelinesOf(document, workload);
  const played = timelines.find((one) => one.played.server === server)?.played;
  if (!played) return '';
  const steps = 200;
  const moments = Array.from({ length: steps }, (_, index) => (index * lastMs) / steps);
  const [busiest = 0] = moments.toSorted(
    (a, b) => countsAt(played.segments, b).queued - countsAt(played.segments, a).queued,
  );
  return countsAt(played.segments, busiest).queued > 0
    ? `In the traced run, ${momentCaption(played, busiest)}`
    : '';
}
