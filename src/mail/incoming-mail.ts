/** A mail that came in, as the desk reads it. */

/** What is no letter of a person: it must never be answered. */
export type AutomaticMail =
  | 'auto-reply'
  /** Something that was sent could not be delivered. */
  | 'bounce'
  /** To many, by a list or a program. */
  | 'bulk'
  /** Sent by this desk. */
  | 'own';

export interface IncomingMail {
  /** With angle brackets; made of the content where there is none. The same mail has the same one. */
  readonly messageId: string;
  /** `address` in lower case; empty: there is none. */
  readonly from: { readonly address: string; readonly name: string };
  /** All that it is addressed to, in lower case. */
  readonly to: readonly string[];
  readonly subject: string;
  /** When it reached the mailbox. */
  readonly at: Date;
  /** What was newly written, as plain text. */
  readonly text: string;
  /** Signature and quoted mails: to be shown folded. Empty: there are none. */
  readonly quoted: string;
  readonly inReplyTo: string | null;
  /** The mails before it in its thread, the oldest first; for a bounce also the one that came back. */
  readonly references: readonly string[];
  readonly automatic: AutomaticMail | null;
  /** Their type is what the sender says, and is not checked here. */
  readonly attachments: readonly { readonly name: string; readonly content: Buffer }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: 'too_large' | 'too_many' }[];
}
