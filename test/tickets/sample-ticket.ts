/** A ticket as tests have it, and the rules it lives by. */
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import type { TicketDraft } from '../../src/contracts/tickets.ts';
import { createDutyCalendar } from '../../src/duty/duty.ts';
import type { TicketOrigin } from '../../src/tickets/open-ticket.ts';

export const DRAFT: TicketDraft = {
  kind: 'complaint',
  complaintType: 'report',
  content: 'Tôi nộp hồ sơ đã lâu mà chưa thấy trả kết quả.',
  office: 'BHXH Quận 6',
  phone: '0912345678',
  email: 'an@example.vn',
  name: 'Lê Văn An',
  callAt: null,
  score: null,
};
export const BY_BOT: TicketOrigin = { source: 'bot', by: { kind: 'citizen' } };
export const work = createDutyCalendar(DEFAULT_SETTINGS.duty);
export const SETTINGS = DEFAULT_SETTINGS.tickets;
/** A Monday morning in Việt Nam, before work begins. */
export const MORNING = new Date('2026-11-30T08:00:00+07:00');

export const LAN = { kind: 'staff', id: 'a'.repeat(24), name: 'Lan' } as const;
export const CITIZEN = { kind: 'citizen' } as const;
export const DESK = { kind: 'desk' } as const;
