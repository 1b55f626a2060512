import type { RunDocument } from '../../results/document/run-document.ts';
import type { ReportFile } from '../report-file.ts';
import { answerParts } from './answer.ts';
import { picture } from './picture.ts';
import { openStudio } from './studio.ts';
import { timelineParts } from './timeline.ts';

/**
 * Pictures for a README: the answer with a bar a server, and the timeline where requests were traced. One document gives
 * the same bytes again on one machine; another may have other fonts.
 *
 * @throws RenderError where this machine cannot draw them
 */
export async function renderPng(document: RunDocument): Promise<ReportFile[]> {
  const studio = await openStudio();
  const timeline = timelineParts(document, studio);
  return [
    { name: 'answer.png', content: await picture(studio, answerParts(document, studio)) },
    ...(timeline.length > 0
      ? [{ name: 'timeline.png', content: await picture(studio, timeline) }]
      : []),
  ];
}
