import type { RunDocument } from '../../../results/document/run-document.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { type Guess, guessesOf } from '../guesses.ts';

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
<ol>${guesses.map(question)}</ol>
<p><a href="#">Read the report</a></p>
</section>`;
}

const question = (guess: Guess): Html =>
  html`<li><form>
<label>${prose(guess.question)}
<span class="row"><input type="range" min="0" max="100" value="0"> <output>1×</output></span></label>
<button type="submit">Compare</button>
<div class="revealed" role="status"></div>
<template><p>Your guess: <b></b>. Predicted: ${guess.predictedText}. Measured: <strong>${prose(guess.measuredText)}</strong>.</p>
<p>${prose(guess.reasons.join(' '))}</p></template></form></li>`;
