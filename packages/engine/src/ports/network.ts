/** This machine's way to others, as far as it can be told without asking anyone. */
export interface Network {
  /** Whether it has any address that another machine could answer to. Cheap: asked once a second. */
  hasWayOut(): boolean;
}

/** Where nothing can be told. */
export const unknownNetwork: Network = { hasWayOut: () => true };
