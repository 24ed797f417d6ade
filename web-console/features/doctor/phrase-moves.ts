/** What may be done about a phrase at fault. Pure. */

const OUT_OF_SCOPE = 'none';

export function isOutOfScope({ intent }: { readonly intent: string }): boolean {
  return intent === OUT_OF_SCOPE;
}

/**
 * Where a phrase may belong instead. What stands out of scope stands there on purpose ("mã otp của grab"): that an answer
 * is near says that more like it is wanted there, and not that the answer would do.
 */
export function whereTo<Place extends { readonly intent: string }>(
  phrase: { readonly intent: string },
  near: Place,
): Place | null {
  return isOutOfScope(phrase) ? null : near;
}
