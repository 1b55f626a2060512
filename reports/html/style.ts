import { densities } from '../findings/palette.ts';
import type { Tones } from './browser/tones.ts';
import { dark, font, light } from './tones.ts';

const variables = ({ ink, muted, grid, paper, hues }: Tones): string =>
  [
    `--ink: ${ink}; --muted: ${muted}; --grid: ${grid}; --paper: ${paper};`,
    ...Object.entries(hues).map(([name, hue]) => `--hue-${name}: ${hue};`),
  ].join(' ');

const hueClasses = Object.keys(light.hues)
  .map((name) => `.hue-${name} { fill: var(--hue-${name}); stroke: var(--hue-${name}); }`)
  .join('\n');

/** The page's style: one type family, four sizes, one column of text, colours by the reader's scheme. */
export const style = `
:root { color-scheme: light dark; ${variables(light)} --small: .8125rem; --large: 1.375rem; --largest: clamp(1.5rem, 1rem + 2.6vw, 2.5rem); }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
${hueClasses}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 ${font}; font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; overflow-wrap: anywhere; }
main, .answer { max-width: 56rem; margin: 0 auto; padding: 0 1.5rem; }
p, dd, figcaption { max-width: 68ch; }
h1 { font-size: var(--largest); line-height: 1.2; font-weight: 650; letter-spacing: -.015em; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: var(--large); line-height: 1.3; font-weight: 650; margin: 0 0 .25rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 0 0 .25rem; }
p { margin: 0 0 .75rem; }
.small, small, caption, figcaption p, dl, details { font-size: var(--small); color: var(--muted); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--muted); border-radius: .25rem; padding: .1rem .6rem; cursor: pointer; }
code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; font-size: .92em; overflow-wrap: anywhere; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--hue-event-loop); outline-offset: 3px; }
.answer { min-height: min(100vh, 56rem); min-height: min(100svh, 56rem); display: flex; flex-direction: column; justify-content: center; padding-block: 2.5rem; }
.rest { margin-bottom: 1.5rem; }
.rest p { margin-bottom: .35rem; }
section { padding-top: 2.5rem; margin-bottom: 2.5rem; border-top: 1px solid var(--grid); }
.lede { margin-bottom: .25rem; }
.gap { margin-bottom: .25rem; overflow-wrap: anywhere; max-height: 9rem; overflow: auto; }
figure { margin: 2rem 0; }
.whole { white-space: nowrap; }
.canvas { position: relative; margin-top: .5rem; }
.lines { height: 20rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); column-gap: 2.5rem; }
.pair figure { margin: 1rem 0; min-width: 0; display: grid; grid-template-rows: subgrid; grid-row: span 3; align-content: start; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1rem 1.5rem; margin-top: .5rem; }
.panels .chart { min-width: 0; }
.panels .lines { height: 14rem; margin-top: 0; }
.panels.stacked { grid-template-columns: 1fr; row-gap: .75rem; }
.panels.stacked .lines { height: 9.5rem; }
h4 { font-size: var(--small); font-weight: 650; margin: 0; }
details { margin-top: .25rem; }
summary { cursor: pointer; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: var(--small); color: var(--ink); }
caption { text-align: left; padding: .5rem 0; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid var(--grid); }
thead th { color: var(--muted); vertical-align: bottom; }
tbody th { white-space: nowrap; max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
.matrix tbody th { white-space: normal; overflow: visible; }
#trials ~ .scroll caption { display: none; }
.number { text-align: right; white-space: nowrap; }
td p { margin: 0; max-width: 40ch; min-width: 18ch; overflow-wrap: anywhere; }
.matrix { width: 100%; font-size: 1rem; table-layout: fixed; }
.matrix th, .matrix td { padding: .9rem 1.25rem .9rem 0; border: 0; }
.matrix tbody tr { border-top: 1px solid var(--grid); }
.matrix th { font-weight: 650; color: var(--ink); overflow-wrap: anywhere; }
.matrix small { display: block; font-weight: 400; }
.matrix .value { display: block; font-size: var(--large); line-height: 1.2; }
.matrix .best .value, .matrix .best small { font-weight: 650; color: var(--ink); }
.matrix .unmeasured .value { color: var(--muted); }
.compact th, .compact td { padding-block: .4rem; }
.compact .share { margin: .15rem 0 .1rem; }
.share.hollow rect + rect { fill-opacity: .45; }
.share { display: block; width: 100%; height: 4px; margin: .35rem 0 .3rem; }
.share rect { stroke: none; }
.share .track { fill: var(--grid); }
.swatch { width: .8em; height: .8em; margin-right: .45em; stroke-width: 1.5; }
.swatch.hollow { fill: none; }
section > h3 { margin-top: 1.5rem; }
article { margin-top: 1.5rem; }
.checks { list-style: none; padding: 0; margin: 1rem 0; }
.checks li { display: grid; grid-template-columns: 8.5rem 1fr; gap: 1rem; padding: .5rem 0; border-top: 1px solid var(--grid); }
.checks p { margin: .25rem 0 0; }
.checks div { max-width: 68ch; overflow-wrap: anywhere; }
.sign { color: var(--muted); white-space: nowrap; }
.void .sign, .warn .sign, .not-supported .sign { color: var(--ink); font-weight: 650; }
.timeline { margin: 1rem 0 1.5rem; }
.timeline figcaption { max-width: none; display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem 2rem; margin-bottom: .5rem; }
.timeline figcaption div { flex: 1 1 20rem; }
.model { flex: none; max-width: 100%; }
.model text { stroke: none; fill: var(--muted); font-size: 11px; }
.model .box { fill: none; stroke-width: 1.25; }
.model .arrow { fill: none; stroke: var(--muted); }
.model circle { stroke: none; }
.lanes { display: block; width: 100%; min-width: 34rem; height: auto; }
.lanes text { stroke: none; fill: var(--muted); font-size: 11px; }
.lanes .tick { text-anchor: middle; }
.lanes .grid { stroke: var(--grid); fill: none; }
.lanes rect, .key rect { stroke: none; }
.lanes .waiting, .key .waiting, .model .waiting { fill-opacity: ${densities.waiting}; }
.lanes .queued, .key .queued, .model .queued { fill: var(--muted); fill-opacity: ${densities.queued}; }
.key { width: 1.25rem; height: .6rem; margin-left: .6rem; }
.key:first-child { margin-left: 0; }
.comparison { padding-block: 2.5rem; }
.forest { width: 15rem; height: 1.25rem; }
.forest .track { fill: var(--grid); }
.forest .grid { stroke: var(--muted); }
.forest .interval { stroke: var(--ink); fill: var(--ink); stroke-width: 1.5; }
dl { display: grid; grid-template-columns: fit-content(14rem) 1fr; gap: .35rem 1.5rem; color: var(--ink); }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 36rem) {
  main, .answer { padding-inline: 1rem; }
  .matrix { table-layout: auto; }
  .matrix th, .matrix td { padding-right: .75rem; }
  .matrix td { min-width: 4.75rem; }
  .matrix tbody th { font-size: var(--small); }
  .matrix .value { font-size: 1rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  .checks li { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  .answer { min-height: 0; display: block; }
  main, .answer { max-width: none; padding: 0; }
  section { break-before: page; border: 0; }
  figure, tr { break-inside: avoid; }
  canvas { max-width: 100% !important; height: auto !important; }
  .lines { height: 13rem; }
  .pair { grid-template-columns: 1fr 1fr; column-gap: 1rem; }
  .pair figure:only-child { grid-column: 1 / -1; }
  .scroll { overflow: visible; }
  summary, button { display: none; }
}
`;
