import type { RunDocument } from '../../results/document/run-document.ts';
import { rankWorkloads, type WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { contestSentences } from '../findings/contest-sentences.ts';
import { headlineOf } from '../findings/headline.ts';
import { metricUnit } from '../findings/metric-unit.ts';
import { formatNumber, plural } from '../findings/numbers.ts';
import { type Look, looksOf } from '../findings/palette.ts';
import { standingKey } from '../findings/standing-key.ts';
import { standingText } from '../findings/standing-text.ts';
import { barsConfiguration, barsHeight } from '../html/browser/bars.ts';
import type { BarsSpec } from '../html/chart-spec.ts';
import { whiskerOf } from '../html/figure.ts';
import { shortName } from '../html/short-name.ts';
import { light } from '../html/tones.ts';
import { paragraph } from './paragraph.ts';
import { columnWidth, type Part, space } from './picture.ts';
import type { Studio } from './studio.ts';

/** The answer of a run: its sentences, and for each workload a bar a server, with how each stands to the best. */
export function answerParts(document: RunDocument, studio: Studio): Part[] {
  const contests = rankWorkloads(document);
  const looks = looksOf(document.plan.servers);
  const { lead, rest, caveats } = headlineOf(document, contests);
  const small = (text: string) => paragraph(studio, text, { size: 12.5, muted: true });
  const measured = contests.filter(({ leader }) => leader);
  return [
    paragraph(studio, lead, { size: 30, bold: true }),
    space(10),
    ...rest.flatMap((line) => [paragraph(studio, line, { size: 15 }), space(3)]),
    ...contests.flatMap((contest) => contestParts(contest, looks, studio)),
    space(14),
    ...(measured.length > 0 ? [small(standingKey(measured))] : []),
    ...caveats.map(small),
    small(machineText(document)),
  ];
}

function contestParts(
  contest: WorkloadRanking,
  looks: ReadonlyMap<string, Look>,
  studio: Studio,
): Part[] {
  const spec = barsOf(contest, looks);
  const { gaps } = contestSentences(contest);
  if (spec.bars.length === 0 && gaps.length === 0) return [];
  return [
    space(20),
    paragraph(studio, contest.workload.name, { size: 17, bold: true }),
    ...(spec.bars.length > 0 ? [barsPart(spec, studio)] : []),
    ...gaps.map((gap) => paragraph(studio, gap, { size: 12.5, muted: true })),
  ];
}

function barsPart(spec: BarsSpec, studio: Studio): Part {
  const height = barsHeight(spec);
  const chart = studio.drawChart(barsConfiguration(spec, light), columnWidth, height);
  return { height, paint: (brush) => brush.drawImage(chart, 0, 0, columnWidth, height) };
}

/** The bars of the servers that have a value of what the workload is judged by. */
function barsOf(contest: WorkloadRanking, looks: ReadonlyMap<string, Look>): BarsSpec {
  const bars = contest.servers.flatMap((entry) => {
    const { server, value } = entry;
    const look = looks.get(server.name);
    if (!value || !look) return [];
    const number = formatNumber(value.median, value);
    const text = `${number}  ${standingText(contest, entry)}`.trim();
    const label = shortName(server.name);
    return [{ label, look, value: value.median, range: whiskerOf(value), expected: null, text }];
  });
  return { kind: 'bars', axis: metricUnit(contest.metric), bars };
}

function machineText({ environment, plan }: RunDocument): string {
  return `${environment.cpuModel}, ${plural(environment.cpusAvailable, 'core')}; Node.js ${environment.nodeVersion}; ${plural(plan.connections, 'connection')}; concurrency-bench ${environment.benchVersion}.`;
}
