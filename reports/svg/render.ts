import type { RunDocument } from '../../results/document/run-document.ts';
import type { ReportFile } from '../report-file.ts';
import { answerSvg } from './answer.ts';
import { timelineSvg } from './timeline.ts';

/** Pictures for a README or slides: the answer, and the timeline where requests were traced. */
export function renderSvg(document: RunDocument): ReportFile[] {
  const timeline = timelineSvg(document);
  const answer = { name: 'answer.svg', content: answerSvg(document) };
  return timeline === null ? [answer] : [answer, { name: 'timeline.svg', content: timeline }];
}
