import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Check } from './check.ts';
import { checkKinds } from './check-kinds.ts';
import { type Doubt, doubtsIn } from './doubts.ts';

/** Whether a run's numbers can be believed, point by point; a doubt of no known kind is a point of its own. */
export function checksOf(document: RunDocument): Check[] {
  if (document.trials.every(({ measurements }) => measurements.length === 0)) return [];
  const doubts = doubtsIn(document);
  const known = checkKinds.flatMap(({ title, codes, finding }): Check[] => {
    const about = doubts.filter(({ warning }) => codes.includes(warning.code));
    const [gravest] = about;
    if (gravest) return [{ title, state: gravest.warning.severity, finding: null, doubts: about }];
    const seen = finding(document);
    if (seen === undefined) return [];
    return [{ title, state: seen === null ? 'unknown' : 'good', finding: seen, doubts: [] }];
  });
  const codes = new Set(checkKinds.flatMap((kind) => kind.codes));
  const others = doubts.filter(({ warning }) => !codes.has(warning.code)).map(onItsOwn);
  return [...known, ...others];
}

const onItsOwn = (doubt: Doubt): Check => ({
  title: doubt.warning.code,
  state: doubt.warning.severity,
  finding: null,
  doubts: [doubt],
});
