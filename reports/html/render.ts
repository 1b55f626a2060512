import { createHash } from 'node:crypto';
import type { RunDocument } from '../../results/run-document.ts';
import { judge } from '../../results/verdicts/judge.ts';
import { contestsOf } from '../contest.ts';
import { headlineOf } from '../headline.ts';
import { looksOf } from '../palette.ts';
import { predictionsOf } from '../predictions.ts';
import { chartLibrary } from './assets.ts';
import { pageScript } from './browser/script.ts';
import { embeddedId } from './embedded.ts';
import { html, scriptJson, trusted } from './html.ts';
import { answer } from './sections/answer.ts';
import { byWorkload } from './sections/by-workload.ts';
import { environment } from './sections/environment.ts';
import { originals } from './sections/originals.ts';
import { takeaways } from './sections/takeaways.ts';
import { timeline } from './sections/timeline.ts';
import { trials } from './sections/trials.ts';
import { trust } from './sections/trust.ts';
import { style } from './style.ts';
import { dark, font, light } from './tones.ts';

/** The report of a run: one HTML page that asks the network for nothing. */
export function renderHtml(document: RunDocument): string {
  const judgement = judge(document);
  const contests = contestsOf(document, judgement);
  const looks = looksOf(document.plan.servers);
  const headline = headlineOf(document, contests);
  const scripts = [chartLibrary(), pageScript()];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${document.plan.servers.map(({ name }) => name).join(', ')} compared: concurrency-bench</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
${answer(headline, contests, looks)}
<main>
${timeline(document, looks)}
${contests.map((contest) => byWorkload(contest, looks, predictionsOf(document, contest.workload)))}
${originals(document, judgement, looks)}
${takeaways(document, judgement)}
${trust(document)}
${environment(document)}
${trials(document)}
</main>
<script type="application/json" id="${embeddedId}">${scriptJson(document)}</script>
<script type="application/json" id="tones">${scriptJson({ light, dark, font })}</script>
${scripts.map((script) => html`<script>${trusted(script)}</script>\n`)}
</body>
</html>
`.markup;
}

/** Allows what is in the page and nothing else, so that not even an oversight could load something or send data away. */
function contentSecurityPolicy(scripts: readonly string[], style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
