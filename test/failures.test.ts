import { describe, expect, test } from '@jest/globals';
import { attackInWords, chooseAttacks, tryAttack } from '../benchmarks/failures/attack.ts';

const onLinux = process.platform === 'linux';
/** Other faults: FAILURE_SEED=2. All of them: npm run benchmark:failures. */
const seed = Number(process.env['FAILURE_SEED'] ?? 1);
const sample = chooseAttacks(100, seed)
  // While a run measures, all of its processes are there to be struck.
  .filter(({ stage }) => stage.name === 'measuring')
  .slice(0, 4)
  .map((attack) => ({ name: attackInWords(attack), attack }));

const describeOnLinux = onLinux ? describe : describe.skip;
describeOnLinux('on Linux (skipped elsewhere: processes are found in /proc)', () => {
  test.each(sample)(
    'a run leaves nothing behind and says what happened: $name',
    async ({ attack }) => {
      expect(await tryAttack(attack)).toMatchObject({ wrong: [], struck: true });
    },
  );
});

test('the same seed chooses the same faults, and another seed others', () => {
  expect(chooseAttacks(20, 5)).toEqual(chooseAttacks(20, 5));
  expect(chooseAttacks(20, 5)).not.toEqual(chooseAttacks(20, 6));
});
