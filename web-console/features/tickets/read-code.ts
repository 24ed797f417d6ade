const CODE = /^(PA|GY|GL|CH)-?([2-9A-HJKMNP-Z]{6})$/;

/** A code as people type it: small letters, blanks, no dash; null: it is none. Pure. */
export function readCode(typed: string): string | null {
  const [, kind, rest] = CODE.exec(typed.replace(/\s/g, '').toUpperCase()) ?? [];
  return kind === undefined || rest === undefined ? null : `${kind}-${rest}`;
}
