/** A conversation and a ticket as this room reads them; handed in by the rooms that keep them. Types only. */

export interface Teller {
  readonly id: string;
  readonly name: string;
}

export interface StoryMessage {
  readonly seq: number;
  readonly author: 'contact' | 'bot' | 'agent' | 'system';
  readonly at: Date;
  readonly text: string;
  readonly agent: Teller | null;
  /** What happened to the conversation; of system messages. */
  readonly event: {
    readonly kind: string;
    readonly by: Teller | null;
    readonly to: Teller | null;
  } | null;
  readonly bubbles: readonly { readonly kind: string; readonly intent?: string | undefined }[];
  /** Ids of the choices below it. */
  readonly choices: readonly string[];
  readonly replyTo: number | null;
  readonly rating: { readonly helpful: boolean; readonly reason: string | null } | null;
  /** What was said to the bot; null on all other messages. */
  readonly asked: {
    /** The choice that was tapped. */
    readonly choice: string | null;
    readonly platform: string | null;
    /** While it waited for a person. */
    readonly queued: boolean;
    readonly decision: 'answer' | 'clarify' | 'unknown';
    readonly intent: string | null;
    /** Intents, the likeliest first. */
    readonly candidates: readonly string[];
  } | null;
}

export interface Story {
  readonly id: string;
  readonly contact: string;
  readonly activeAt: Date;
  readonly revision: number;
  readonly stays: readonly {
    readonly requestedAt: Date;
    readonly claimedAt: Date | null;
    readonly endedAt: Date | null;
    readonly end: 'left' | 'to-bot' | 'closed' | null;
  }[];
  readonly closedBy: Teller | null;
  readonly satisfaction: { readonly score: number; readonly at: Date } | null;
  /** In order. */
  readonly messages: readonly StoryMessage[];
}

/** What somebody of the staff said of an answer of the bot. */
export interface Mark {
  /** Of the answer, or of the question. */
  readonly seq: number;
  readonly wrong: boolean;
}

export interface TicketStory {
  readonly code: string;
  readonly office: string | null;
  readonly outcome: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
  readonly revision: number;
  readonly firstResponse: { readonly metAt: Date | null };
  readonly resolution: { readonly dueAt: Date | null; readonly breachedAt: Date | null };
  readonly entries: readonly {
    readonly at: Date;
    readonly kind: string;
    /** Of `status` the states; of `deadline` which of the two, and what became of it. */
    readonly from: string | null;
    readonly to: string | null;
  }[];
}
