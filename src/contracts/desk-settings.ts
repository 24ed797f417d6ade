/** What supervisors and admins set for the whole desk: one document, and the duty calendar in it. */
import { z } from 'zod';
import { analyticsSettings, DEFAULT_ANALYTICS_SETTINGS } from './analytics.ts';
import { retentionSettings } from './archive.ts';
import { mailSettings } from './mail.ts';
import { DEFAULT_MAIL_SETTINGS } from './mail-defaults.ts';
import { DEFAULT_RETENTION_SETTINGS } from './retention-defaults.ts';
import { skill } from './staff.ts';
import { type TicketPriority, ticketKind, ticketPriority } from './tickets.ts';

const minutes = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/)
  .describe('Time of day in Việt Nam, such as 07:30');
const day = z.iso.date();

export const shift = z
  .strictObject({ from: minutes, to: minutes })
  .refine(({ from, to }) => from < to, { error: 'duty_shift_malformed' });
export type Shift = z.infer<typeof shift>;

export const specialDay = z.strictObject({
  day,
  kind: z.enum(['off', 'working']).describe('off: closed all day; working: open as on `like`'),
  /** 1 Monday … 7 Sunday: whose hours a working day has. */
  like: z.int().min(1).max(7).optional(),
  name: z.string().trim().max(100),
});
export type SpecialDay = z.infer<typeof specialDay>;

export const dutySettings = z.strictObject({
  /** false: no hours; somebody is on duty whenever an agent is there. */
  enabled: z.boolean(),
  /** Seven lists, Monday first. */
  week: z.array(z.array(shift).max(4)).length(7),
  /** Public holidays by law, the lunar ones computed. */
  holidays: z.boolean(),
  specialDays: z.array(specialDay).max(500),
});
export type DutySettings = z.infer<typeof dutySettings>;

export const closeReason = z.string().trim().min(1).max(60);

/** In minutes of working time; a working day has seven or eight hours. */
const limit = z
  .int()
  .min(1)
  .max(60 * 8 * 365);
export const ticketLimits = z.strictObject({ firstResponseMinutes: limit, resolutionMinutes: limit });
export type TicketLimits = z.infer<typeof ticketLimits>;
export const ticketSettings = z.strictObject({
  limits: z.record(ticketKind, z.record(ticketPriority, ticketLimits)),
  /** The share of a limit that is left when its warning comes. */
  warnAtShare: z.number().min(0).max(0.9),
  closeResolvedAfterDays: z.int().min(1).max(365),
  /** How long after its end a citizen may have a ticket taken up again. */
  reopenDays: z.int().min(0).max(365),
  categories: z.array(z.string().trim().min(1).max(60)).max(100),
});
export type TicketSettings = z.infer<typeof ticketSettings>;

export const curationSettings = z.strictObject({
  /** A draft of the corpus is published only when somebody else than its last editor has approved it. */
  secondPairOfEyes: z.boolean(),
});

export const deskSettings = z.strictObject({
  assignment: z.enum(['manual', 'automatic']),
  /** How long an agent may be gone before the conversations go back to the queue. */
  agentGraceSeconds: z.int().min(1).max(3_600),
  /** How long after closing the contact may reopen. */
  reopenHours: z
    .int()
    .min(0)
    .max(24 * 30),
  skills: z.array(skill).max(50),
  closeReasons: z.array(closeReason).min(1).max(30),
  tags: z.array(z.string().trim().min(1).max(40)).max(100),
  duty: dutySettings,
  tickets: ticketSettings,
  mail: mailSettings,
  curation: curationSettings,
  analytics: analyticsSettings,
  retention: retentionSettings,
});
export type DeskSettings = z.infer<typeof deskSettings>;
/** `revision`: whoever saves names the one that was read; another one means that somebody was quicker. */
export const deskSettingsView = z.strictObject({ revision: z.int().min(0), settings: deskSettings });
export type DeskSettingsView = z.infer<typeof deskSettingsView>;

const HOUR = 60;
const DAY = 7 * HOUR;
/** @param firstResponse @param resolution of the priority `normal`, in minutes */
const limitsAround = (firstResponse: number, resolution: number): Record<TicketPriority, TicketLimits> => {
  const times = (factor: number): TicketLimits => ({
    firstResponseMinutes: Math.max(15, Math.round(firstResponse * factor)),
    resolutionMinutes: Math.round(resolution * factor),
  });
  return { low: times(2), normal: times(1), high: times(0.5), urgent: times(0.25) };
};

export const DEFAULT_SETTINGS: DeskSettings = {
  assignment: 'manual',
  agentGraceSeconds: 60,
  reopenHours: 24,
  skills: [],
  closeReasons: ['Đã giải quyết', 'Đã hướng dẫn', 'Chuyển cơ quan khác', 'Người dùng không phản hồi', 'Khác'],
  tags: [],
  duty: {
    enabled: false,
    week: [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
      weekday <= 5
        ? [
            { from: '08:00', to: '11:30' },
            { from: '13:30', to: '17:00' },
          ]
        : [],
    ),
    holidays: true,
    specialDays: [],
  },
  tickets: {
    limits: {
      complaint: limitsAround(DAY, 10 * DAY),
      feedback: limitsAround(2 * DAY, 10 * DAY),
      callback: limitsAround(4 * HOUR, DAY),
      question: limitsAround(DAY, 3 * DAY),
    },
    warnAtShare: 0.2,
    closeResolvedAfterDays: 7,
    reopenDays: 30,
    categories: [
      'Mật khẩu và đăng nhập',
      'Đăng ký tài khoản',
      'Thẻ BHYT',
      'Quá trình tham gia',
      'Chế độ và hồ sơ',
      'Thái độ phục vụ',
      'Ứng dụng',
      'Khác',
    ],
  },
  mail: DEFAULT_MAIL_SETTINGS,
  curation: { secondPairOfEyes: false },
  analytics: DEFAULT_ANALYTICS_SETTINGS,
  retention: DEFAULT_RETENTION_SETTINGS,
};

/** Days as a table of text: `2027-02-13;working;Làm bù Tết;5`. They are read, not saved. */
export const specialDaysImport = z.strictObject({ csv: z.string().max(50_000) });
export type SpecialDaysImported = {
  readonly days: readonly SpecialDay[];
  /** Lines that cannot be read: nothing is taken over while there is one. */
  readonly faults: readonly { readonly line: number; readonly text: string; readonly message: string }[];
};

/** For the calendar on screen. */
export const dutyYearQuery = z.strictObject({ year: z.string().regex(/^20\d\d$/) });
export type DutyYear = {
  readonly holidays: readonly { readonly day: string; readonly name: string }[];
};
/** Now, by the calendar. */
export type DutyNow = {
  readonly onDuty: boolean;
  readonly until: string | null;
  readonly backAt: string | null;
};
