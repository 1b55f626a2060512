/**
 * The chance that an arrival finds all servers busy and has to wait: A. K. Erlang's formula for M/M/k
 * (1917), by way of the recursion for his loss formula.
 *
 * @param load arrivals a second × seconds of service: below the number of servers, or the queue never ends
 */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1;
  let loss = 1;
  for (let count = 1; count <= servers; count++) loss = (load * loss) / (count + load * loss);
  return loss / (1 - (load / servers) * (1 - loss));
}
