import type { RunDocument } from '../results/document/run-document.ts';
import { renderBenchstat } from './benchstat/render.ts';
import { renderCsv } from './csv/render.ts';
import { renderGithubActionBenchmark } from './github-action-benchmark/render.ts';
import { renderHgrm } from './hgrm/render.ts';
import { renderHtml } from './html/render.ts';
import { renderMarkdown } from './markdown/render.ts';
import type { ReportFile } from './report-file.ts';
import { renderSvg } from './svg/render.ts';
import { renderTrace } from './trace/render.ts';

/** A format of the report, rendered from the run document alone. */
export interface ReportFormat {
  readonly name: string;
  readonly makes: 'one file' | 'several files';
  readonly render: (document: RunDocument) => readonly ReportFile[];
}

type Rendering = Pick<ReportFormat, 'makes' | 'render'>;

const one = (name: string, render: (document: RunDocument) => string): Rendering => ({
  makes: 'one file',
  render: (document) => [{ name, content: render(document) }],
});
const several = (render: ReportFormat['render']): Rendering => ({ makes: 'several files', render });
const asJson = (document: RunDocument) => `${JSON.stringify(document, null, 2)}\n`;

/** Every format, in the order that help texts list them. */
export const formats: readonly ReportFormat[] = [
  { name: 'html', ...one('report.html', renderHtml) },
  { name: 'markdown', ...one('report.md', renderMarkdown) },
  { name: 'svg', ...several(renderSvg) },
  { name: 'csv', ...one('report.csv', renderCsv) },
  { name: 'json', ...one('report.json', asJson) },
  { name: 'hgrm', ...several(renderHgrm) },
  { name: 'benchstat', ...one('bench.txt', renderBenchstat) },
  { name: 'github-action-benchmark', ...several(renderGithubActionBenchmark) },
  { name: 'trace', ...one('trace.json', renderTrace) },
];
