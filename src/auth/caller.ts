/** Who is calling: a device by its token, or a person whom the host app vouches for. */
import type { Platform } from '../contracts/answers.ts';

/** What the host app says of a person beside the subject. */
export interface Profile {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly bhxhNumber?: string | undefined;
  readonly appVersion?: string | undefined;
  readonly platform?: Platform | undefined;
}

export type Caller =
  | { readonly kind: 'device'; readonly tokenHash: string }
  | {
      readonly kind: 'person';
      /** The host app's own name for the person. */
      readonly subject: string;
      readonly profile: Profile;
      /** Of the device that was used without identity before, so that its conversation can go along. */
      readonly tokenHash: string | null;
    };
