import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import { createDutyCalendar } from '../../src/duty/duty.ts';
import { readPromisedTime } from '../../src/tickets/promised-time.ts';

const work = createDutyCalendar(DEFAULT_SETTINGS.duty);
/** A Monday, half past nine in the morning in Việt Nam. */
const NOW = new Date('2026-11-30T09:30:00+07:00');
const show = (at: Date): string =>
  new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

it.each([
  ['Buổi sáng', '11-30 08:00', '11-30 11:30'],
  ['Buổi chiều', '11-30 13:30', '11-30 17:00'],
  ['Lúc nào cũng được', '11-30 09:30', '11-30 15:30'],
  ['sáng mai', '12-01 08:00', '12-01 11:30'],
  ['chieu mai', '12-01 13:30', '12-01 17:00'],
  ['chiều mốt nha, ngày mốt', '12-02 13:30', '12-02 17:00'],
  ['chiều thứ ba', '12-01 13:30', '12-01 17:00'],
  ['thứ hai', '12-07 08:00', '12-07 17:00'],
  ['sáng t5', '12-03 08:00', '12-03 11:30'],
  ['9h sáng mai', '12-01 08:45', '12-01 09:30'],
  ['3h chiều', '11-30 14:45', '11-30 15:30'],
  ['14:00', '11-30 13:45', '11-30 14:30'],
  ['10 giờ rưỡi', '11-30 10:15', '11-30 11:00'],
  ['từ 8h đến 10h sáng thứ sáu', '12-04 08:00', '12-04 10:00'],
  ['sau 15h', '11-30 15:00', '11-30 18:00'],
  ['trước 11h', '11-30 08:00', '11-30 11:00'],
  // Eight in the morning is over today.
  ['8h', '12-01 07:45', '12-01 08:30'],
  ['tối nay', '11-30 18:00', '11-30 20:00'],
  ['7h tối mai', '12-01 18:45', '12-01 19:30'],
  ['ngày 5/12 buổi sáng', '12-05 08:00', '12-05 11:30'],
  ['giờ hành chính', '11-30 09:30', '11-30 15:30'],
  ['', '11-30 09:30', '11-30 15:30'],
  ['99h ngày 45/99', '11-30 09:30', '11-30 15:30'],
])('"%s" is %s to %s', (said, from, to) => {
  const promised = readPromisedTime(said, NOW, work);
  expect([show(promised.from), show(promised.to)]).toEqual([from, to]);
});
