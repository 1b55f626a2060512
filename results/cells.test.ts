import { expect, test } from '@jest/globals';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../test/sample-document.ts';
import { cellsOf } from './cells.ts';
import { TimeRecorder } from './document/distribution.ts';

const warning = { code: 'x', advice: '' };
const serviceTime = new TimeRecorder().summarise();
const measured = (throughputPerSecond: number) => ({
  ...sampleClosedLoop({ throughputPerSecond }),
  serviceTime,
});

test('a cell tells its blocks, without controls and without what is void', () => {
  const doubtful = { ...warning, severity: 'void', message: 'it was late' } as const;
  const document = sampleDocument({ servers: ['pool'] }, [
    sampleTrial({ block: 0 }, [measured(100)]),
    sampleTrial({ block: 0, purpose: 'control' }, [measured(1000)]),
    sampleTrial({ block: 1 }, [measured(200)]),
    sampleTrial({ block: 2 }, [{ ...measured(5000), warnings: [doubtful] }]),
    { ...sampleTrial({ block: 3 }, [measured(9000)]), warnings: [doubtful] },
  ]);
  const [cell] = cellsOf(document);
  expect(cell?.throughputPerSecond).toEqual({ median: 150, low: 100, high: 200, blocks: 2 });
  expect(cell?.warnings).toEqual(['void: it was late']);
});

test('a cell whose numbers are all void has none', () => {
  const doubtful = { ...warning, severity: 'void', message: 'it was late' } as const;
  const trial = sampleTrial({}, [{ ...measured(5000), warnings: [doubtful] }]);
  const [cell] = cellsOf(sampleDocument({ servers: ['pool'] }, [trial]));
  expect(cell).toMatchObject({ throughputPerSecond: null, serviceTime: null });
});
