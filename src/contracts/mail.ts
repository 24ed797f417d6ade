/** The mails that the desk writes: their kinds, the words that get filled in, and what the staff see of sending. */
import { z } from 'zod';

export const mailKind = z.enum(['receipt', 'reply', 'status', 'added', 'assigned', 'deadline']);
/**
 * To the contact: `receipt` (the ticket is there), `reply`, `status` (it moved on). To the staff: `added` (the contact
 * said more), `assigned`, `deadline` (near, or over).
 */
export type MailKind = z.infer<typeof mailKind>;

/** What may stand in braces in the templates of each kind. */
export const MAIL_VARIABLES = {
  receipt: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'han', 'duong_dan'],
  reply: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'tra_loi', 'trang_thai', 'nhan_vien', 'duong_dan'],
  status: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'trang_thai', 'ly_do', 'duong_dan'],
  added: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'nhan_vien', 'duong_dan'],
  assigned: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'han', 'nhan_vien', 'duong_dan'],
  deadline: ['ma_phieu', 'loai', 'nguoi_gui', 'noi_dung', 'canh_bao', 'han', 'nhan_vien', 'duong_dan'],
} as const satisfies Record<MailKind, readonly string[]>;
export type MailVariable = (typeof MAIL_VARIABLES)[MailKind][number];

/** Whatever stands in braces, on one line. */
export const MAIL_VARIABLE = /\{([^{}\n]{0,60})\}/g;

/** What stands in braces and means nothing in this kind of mail, each once, such as `{ma phieu}`. */
export function findUnknownVariables(kind: MailKind, text: string): string[] {
  const known: readonly string[] = MAIL_VARIABLES[kind];
  const unknown = [...text.matchAll(MAIL_VARIABLE)].filter(([, name = '']) => !known.includes(name));
  return [...new Set(unknown.map(([written]) => written))];
}

const templateText = (kind: MailKind, most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .superRefine((text, context) => {
      const details = findUnknownVariables(kind, text);
      if (details.length > 0)
        context.addIssue({ code: 'custom', message: 'mail_variable_unknown', params: { details } });
    });
const templateOf = (kind: MailKind) =>
  z.strictObject({
    /** One line. */
    subject: templateText(kind, 200).refine((text) => !/[\r\n]/.test(text)),
    /** Paragraphs with an empty line between them; a paragraph that is `{duong_dan}` alone becomes a button. */
    body: templateText(kind, 5_000),
  });
export type MailTemplate = { readonly subject: string; readonly body: string };

export const mailSettings = z.strictObject({
  /** Which kinds are sent at all. */
  enabled: z.strictObject({
    receipt: z.boolean(),
    reply: z.boolean(),
    status: z.boolean(),
    added: z.boolean(),
    assigned: z.boolean(),
    deadline: z.boolean(),
  }),
  templates: z.strictObject({
    receipt: templateOf('receipt'),
    reply: templateOf('reply'),
    status: templateOf('status'),
    added: templateOf('added'),
    assigned: templateOf('assigned'),
    deadline: templateOf('deadline'),
  }),
  /** Below every mail. */
  signature: z.string().trim().max(1_000),
});
export type MailSettings = z.infer<typeof mailSettings>;

/** A template as it is being edited: mistakes are shown in the preview, not refused. */
export const mailDraft = z.strictObject({
  kind: mailKind,
  subject: z.string().max(200),
  body: z.string().max(5_000),
  signature: z.string().max(1_000),
});
export type MailDraft = z.infer<typeof mailDraft>;
/** The mail with made-up values. `unknown`: what stands in braces and means nothing. */
export type MailPreview = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly unknown: readonly string[];
};

/** What an editor of templates needs to know. */
export type MailTemplateGuide = {
  readonly variables: Readonly<Record<MailKind, readonly MailVariable[]>>;
  readonly defaults: MailSettings;
  /** false: there is no mail server, and nothing is sent whatever the settings say. */
  readonly isConfigured: boolean;
};

export type FailedMail = {
  readonly id: string;
  /** Masked, such as `l***@example.vn`. */
  readonly to: string;
  readonly postedAt: string;
  readonly failedAt: string;
  readonly attempts: number;
  /** The server's own words, without addresses. */
  readonly reason: string;
};
/** How sending and receiving stand. */
export type MailState = {
  readonly outgoing: {
    readonly isConfigured: boolean;
    readonly waiting: number;
    /** Why the mail that was tried last has to wait; null: nothing waits for another try. */
    readonly lastFailure: string | null;
    /** Given up, the latest first. */
    readonly failed: readonly FailedMail[];
  };
  readonly incoming: {
    readonly isConfigured: boolean;
    /** When the mailbox was looked through last. */
    readonly lookedAt: string | null;
    /** When a mail was taken in last. */
    readonly receivedAt: string | null;
    readonly lastFailure: string | null;
  };
};
