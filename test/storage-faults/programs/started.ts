/** What the programs print of a start. */
export type Started =
  | { readonly uri: string }
  | {
      readonly failed: { readonly code: string; readonly message: string; readonly uri?: string | undefined };
    };
