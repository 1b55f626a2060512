import type { RootCommand } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { formats } from '../../reports/index.ts';
import { fairnessSchema } from '../../results/document/run-document.ts';
import { servers } from '../../servers/index.ts';
import { workloads } from '../../workloads/index.ts';
import { findByName } from '../plan/flag-values.ts';

interface Choice {
  readonly name: string;
  readonly summary?: string;
}

const named = (names: readonly string[]): Choice[] => names.map((name) => ({ name }));

/** What the values of options are chosen from, by command and option where one alone would not do. */
const choices: Readonly<Record<string, readonly Choice[]>> = {
  model: servers,
  workload: workloads,
  fairness: named(fairnessSchema.options),
  format: formats,
  'compare format': named(['text', 'markdown']),
};

/** The commands and options of bench as shells complete them. Adds the hidden command `complete`, which shells call. */
export function completionOf(program: Command): RootCommand {
  const completion = tab(program);
  completion.commands.delete('complete');
  for (const [command, { options }] of completion.commands) {
    for (const [name, option] of options) {
      const known = choices[`${command} ${name}`] ?? choices[name];
      if (!known) continue;
      option.handler = (complete) => {
        for (const one of known) complete(one.name, one.summary ?? '');
      };
    }
  }
  return completion;
}

const shells = named(['bash', 'zsh', 'fish']);

/** `bench completion zsh`: prints the script that makes a shell complete `bench`. */
export function printCompletion(program: Command, shell: unknown): void {
  const { name } = findByName('shell', shells, String(shell));
  completionOf(program).setup('bench', 'bench', name);
}
