import { type RootCommand, ShellCompDirective } from '@bomb.sh/tab';
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

/** The library's script for bash calls a function of the package bash-completion, which many machines lack. */
const bashFallback = `declare -F _get_comp_words_by_ref >/dev/null || _get_comp_words_by_ref() {
    cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
    words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
}
`;

/** Registers the library's function again: where it offers nothing, bash offers files. */
const bashFiles = 'complete -o default -F __bench_complete bench\n';

/** `bench completion zsh`: prints the script that makes a shell complete `bench`. */
export function printCompletion(program: Command, shell: unknown): void {
  const { name } = findByName('shell', shells, String(shell));
  if (name === 'bash') process.stdout.write(bashFallback);
  completionOf(program).setup('bench', 'bench', name);
  if (name === 'bash') process.stdout.write(bashFiles);
}

/** Has the hidden command `complete` leave files to the shell, which the library forbids: `bench report run.json`. */
export function completeFilesToo(): void {
  ShellCompDirective.ShellCompDirectiveNoFileComp = ShellCompDirective.ShellCompDirectiveDefault;
}
