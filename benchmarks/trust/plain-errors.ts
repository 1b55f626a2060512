import { describeError, exitCode } from '../../runner/errors.ts';

/** From now on, an error that ends the program is told as `bench` tells it. */
export function tellErrorsPlainly(): void {
  process.once('uncaughtException', (error) => {
    console.error(describeError(error));
    process.exit(exitCode(error));
  });
}
