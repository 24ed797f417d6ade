/** What a client has to prove before it is served, and how it shows that it did. */
import { z } from 'zod';

/** Comes with the error `challenge_required`. Clients try again later where they do not know its kind. */
export const challenge = z.object({
  kind: z.literal('pow'),
  token: z.string().describe('Goes back as it is'),
  seed: z.string(),
  bits: z.int().describe('With how many zero bits the hashes begin'),
  parts: z.int().describe('How many numbers are to be found'),
});
export type ChallengeView = z.infer<typeof challenge>;

/**
 * `token:n0,n1,…`: for each part a number so that SHA-256 of `seed.part.number`, in ASCII, begins with that many zero bits.
 * Good once, for two minutes, from the network that it was posed to.
 */
export const solution = z.string().max(400);
/** Where it goes over REST. */
export const SOLUTION_HEADER = 'challenge-solution';
