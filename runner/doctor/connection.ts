import { milliseconds } from '../../results/format.ts';
import { benchVersion } from '../../servers/package-root.ts';
import { messageOf, UsageError } from '../errors.ts';
import type { RemoteMachine } from '../machine/remote-machine.ts';
import { chooseServerAddress } from '../plan/server-side.ts';
import { bad, type Finding, good, warn } from './finding.ts';

/** Beside waits of some ms, a round trip of this length hides little. */
const longRoundTripMs = 5;

/** The address of servers of another machine; null where there is none that can be used. */
interface JudgedAddress {
  readonly address: string | null;
  readonly finding: Finding;
}

/** Whether servers of another machine can be loaded from here. */
export async function judgeConnection(
  machine: RemoteMachine,
  flag: string | undefined,
): Promise<{ readonly address: string | null; readonly findings: readonly Finding[] }> {
  const { elsewhere } = machine.side;
  const { offsetMs, roundTripMs } = await machine.readClock();
  const { address, finding } = await judgeAddress(machine, flag);
  const direction = offsetMs < 0 ? 'behind' : 'ahead';
  const findings = [
    good('bench', `${benchVersion} on both sides, through ${machine.via}`),
    elsewhere.sharesCpus
      ? warn(
          'machine',
          `${elsewhere.hostname}, under the same kernel as this process`,
          'Servers and load generator share its CPUs, as on one machine.',
        )
      : good('machine', `${elsewhere.hostname}, with CPUs of its own`),
    finding,
    good(
      'clocks',
      `theirs is ${milliseconds(Math.abs(offsetMs))} ${direction} (± ${milliseconds(roundTripMs / 2)}); no result depends on it`,
    ),
  ];
  return { address, findings };
}

async function judgeAddress(
  machine: RemoteMachine,
  flag: string | undefined,
): Promise<JudgedAddress> {
  try {
    const address = chooseServerAddress(flag, machine.side.elsewhere);
    const { roundTripMs } = await machine.place(address);
    const found = `${milliseconds(roundTripMs)} for a connection to ${address}, on any port`;
    const finding =
      roundTripMs <= longRoundTripMs
        ? good('round trip', found)
        : warn(
            'round trip',
            found,
            'Every response time contains it, and a connection serves fewer requests: measure from a machine nearby, or with more --connections.',
          );
    return { address, finding };
  } catch (error) {
    const finding =
      error instanceof UsageError
        ? bad('address', 'none that is reached from here', error.message)
        : bad('ports', 'out of reach', messageOf(error));
    return { address: null, finding };
  }
}
