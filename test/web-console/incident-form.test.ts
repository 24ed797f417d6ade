import { describe, expect, test } from 'vitest';
import * as contract from '../../src/contracts/incidents.ts';
import { words } from '../../web-console/features/incidents/copy.ts';
import {
  draftOf,
  formOf,
  formOfIncident,
  type IncidentForm,
} from '../../web-console/features/incidents/incident-form.ts';
import * as limits from '../../web-console/features/incidents/limits.ts';

const NOW = new Date('2026-11-30T03:00:00Z');
const REQUIRED = 'required';
const FORM: IncidentForm = {
  ...formOf(null),
  title: 'OTP chậm',
  intents: ['otp.missing'],
  markdown: 'Chờ 15 phút.',
};
const made = (part: Partial<IncidentForm>) => draftOf({ ...FORM, ...part }, NOW, REQUIRED);

test('the limits of the fields are those of the contract', () => {
  const { LONGEST_BANNER, LONGEST_PIN, LONGEST_TOLD } = contract;
  expect(limits).toMatchObject({ LONGEST_BANNER, LONGEST_PIN, LONGEST_TOLD });
  const draft = { ...FORM, title: 'x'.repeat(limits.LONGEST_TITLE) };
  const result = draftOf(draft, NOW, REQUIRED);
  expect('draft' in result && contract.incidentDraft.safeParse(result.draft).success).toBe(true);
});

describe('the form of an incident', () => {
  test.each<[string, Partial<IncidentForm>, object]>([
    [
      'an answer alone',
      {},
      { answer: { markdown: 'Chờ 15 phút.', place: 'above' }, banner: null, endsAt: null },
    ],
    ['all questions', { all: true }, { affects: { all: true, intents: [] } }],
    [
      'a banner alone, for two hours',
      { hasAnswer: false, hasBanner: true, bannerText: ' Chậm ', endsIn: '120' },
      { answer: null, banner: { text: 'Chậm', level: 'warning' }, endsAt: '2026-11-30T05:00:00.000Z' },
    ],
    [
      'a time as clocks in Việt Nam show it',
      { endsIn: 'at', endsAt: '2026-11-30T18:00' },
      { endsAt: '2026-11-30T11:00:00.000Z' },
    ],
  ])('becomes a draft: %s', (_name, part, draft) => {
    expect(made(part)).toMatchObject({ draft });
  });

  test.each<[Partial<IncidentForm>, object]>([
    [{ title: ' ' }, { title: REQUIRED }],
    [{ intents: [] }, { affects: words.form.affectsNothing }],
    [{ hasAnswer: false }, { answer: words.form.saysNothing }],
    [{ markdown: '' }, { answer: REQUIRED }],
    [{ hasBanner: true }, { banner: REQUIRED }],
    [{ endsIn: 'at', endsAt: '2026-11-30T09:59' }, { endsAt: words.form.timeWrong }],
    [{ endsIn: 'at', endsAt: '' }, { endsAt: words.form.timeWrong }],
  ])('says what is wrong: %o', (part, faults) => {
    expect(made(part)).toEqual({ faults });
  });

  test('begins with what is there, and with what a suspicion knows', () => {
    const result = made({ endsIn: 'at', endsAt: '2026-11-30T18:00' });
    if (!('draft' in result)) throw new Error('there is a draft');
    const { affects, ...rest } = result.draft;
    const again = formOfIncident({
      ...rest,
      id: '1',
      revision: 1,
      affects: { all: false, intents: affects.intents.map((id) => ({ id, title: id })) },
      startedAt: NOW.toISOString(),
      openedBy: 'Lan',
      endedAt: null,
      endedBy: null,
      isOverdue: false,
      touched: 0,
      told: null,
    });
    expect(draftOf(again, NOW, REQUIRED)).toEqual(result);
    const suspicion = { id: '1', samples: ['cổng lỗi'], since: '', asked: 9, usual: 1, buckets: [] };
    const subject = { kind: 'intent', intent: 'otp.missing', title: 'Chưa nhận được OTP' } as const;
    expect(formOf({ ...suspicion, subject })).toMatchObject({
      title: words.form.titleOf('Chưa nhận được OTP'),
      intents: ['otp.missing'],
    });
    expect(formOf({ ...suspicion, subject: { kind: 'wording', words: 'cong loi' } })).toMatchObject({
      title: words.form.titleOf('“cổng lỗi”'),
      intents: [],
    });
  });
});
