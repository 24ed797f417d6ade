import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import { createDutyRoutes } from '../../src/duty/duty.routes.ts';
import { createDuty } from '../../src/duty/duty.ts';
import { type StaffApi, startStaffApi } from '../support/staff-api.ts';

let api: StaffApi;
beforeAll(async () => {
  api = await startStaffApi({
    staff: createDutyRoutes({
      duty: createDuty(() => ({ ...DEFAULT_SETTINGS.duty, enabled: true })),
      now: () => new Date('2026-11-30T03:00:00Z'),
    }),
  });
});
afterAll(() => api?.stop());

describe('the duty calendar over REST', () => {
  it('lists the holidays of a year with the days that make up for them', async () => {
    const { body } = await api.call('GET', '/duty/holidays?year=2026');
    expect(body['holidays']).toContainEqual({ day: '2026-04-26', name: 'Giỗ Tổ Hùng Vương' });
    expect(body['holidays']).toContainEqual({ day: '2026-04-27', name: 'Nghỉ bù Giỗ Tổ Hùng Vương' });
  });

  it('says whether somebody is on duty', async () => {
    expect((await api.call('GET', '/duty/now')).body).toEqual({
      onDuty: true,
      until: '2026-11-30T04:30:00.000Z',
      backAt: null,
    });
  });

  it('reads a table of special days', async () => {
    const { status, body } = await api.call('POST', '/duty/special-days', {
      csv: '2027-02-13;working;Bù;5\nx',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      days: [{ day: '2027-02-13', kind: 'working', name: 'Bù', like: 5 }],
      faults: [{ line: 2, text: 'x', message: expect.stringContaining('Ngày chưa đúng') }],
    });
  });

  it('refuses a year that is none', async () => {
    expect((await api.call('GET', '/duty/holidays?year=1999')).status).toBe(400);
  });
});
