import { describe, expect, test } from '@jest/globals';
import { formats } from '../reports/index.ts';
import { poolSettings } from '../servers/pool/server.ts';
import { benchProgram } from './cli.ts';

const program = benchProgram();
const helps = [program, ...program.commands].map((command) => {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return [command.name(), text] as const;
});

describe('help', () => {
  test.each(helps)('of %s fits 80 columns', (_, text) => {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('names every command for users, format and option of the pool', () => {
    const [bench, run, report] = ['bench', 'run', 'report'].map((name) => new Map(helps).get(name));
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(bench).toContain(`\n  ${command.name()} `);
    }
    for (const { name } of formats) expect(report).toMatch(new RegExp(`\\b${name}\\b`));
    expect(Object.keys(poolSettings)).toHaveLength(run?.match(/ pool: /g)?.length ?? 0);
  });

  test('of run ends with examples', () => {
    expect(new Map(helps).get('run')).toMatch(/Examples:\n {2}bench run --quick\n/);
  });
});

test('a mistake points to the help of its command, under one prefix', async () => {
  let written = '';
  const mistaken = benchProgram();
  for (const command of [mistaken, ...mistaken.commands]) {
    command.exitOverride().configureOutput({
      writeErr: (text) => (written += text),
    });
  }
  await expect(mistaken.parseAsync(['run', '--bloks', '3'], { from: 'user' })).rejects.toThrow(
    '--bloks',
  );
  expect(written).toBe(
    "bench: unknown option '--bloks'\n(Did you mean --blocks?)\nOptions: bench run --help\n",
  );
});
