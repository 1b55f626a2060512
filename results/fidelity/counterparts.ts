/** A model, and a real system that it stands for. */
export interface Counterparts<Server> {
  readonly model: Server;
  readonly original: Server;
}

interface Named {
  readonly name: string;
  readonly kind: 'model' | 'reference' | 'custom';
  /** For a reference, the model that stands for it. */
  readonly modelledBy?: string | undefined;
}

/** Every real system among some servers beside the model that stands for it, where both are there. */
export function counterpartsAmong<Server extends Named>(
  servers: readonly Server[],
): Counterparts<Server>[] {
  return servers
    .filter(({ kind }) => kind === 'reference')
    .flatMap((original) => {
      const model = servers.find(
        ({ name, kind }) => kind === 'model' && name === original.modelledBy,
      );
      return model ? [{ model, original }] : [];
    });
}

/** Those among some servers that have a counterpart there. */
export function pairedAmong<Server extends Named>(servers: readonly Server[]): Server[] {
  const pairs = counterpartsAmong(servers);
  return [...new Set(pairs.flatMap(({ model, original }) => [model, original]))];
}
