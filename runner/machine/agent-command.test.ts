import { expect, test } from '@jest/globals';
import { agentCommand, programOf } from './agent-command.ts';

test.each([
  ['ssh app1', undefined, 'exec ssh app1 bench agent'],
  ['docker exec -i app', undefined, 'exec docker exec -i app bench agent'],
  ['ssh app1', 'npx concurrency-bench', 'exec ssh app1 npx concurrency-bench agent'],
  ['ip netns exec a', '/opt/bench', 'exec ip netns exec a /opt/bench agent'],
])('%s with bench as %s', (prefix, bench, command) => {
  expect(agentCommand(prefix, bench)).toBe(command);
});

test('a prefix that stays on this file system starts this very bench', () => {
  const words = /^exec sudo ip netns exec a '(.*)' '.*\/runner\/bin\.ts' agent$/;
  expect(words.exec(agentCommand('sudo ip netns exec a'))?.[1]).toBe(process.execPath);
});

test('the program of a prefix is known by its name', () => {
  expect(programOf(' /usr/bin/ssh -p 22 app1')).toBe('ssh');
});
