/** The shape of each corpus file. Messages are remedies: they tell the editor what to write. */
import { z } from 'zod';
import { CALIBRATION_TERMS, type CalibrationTerm } from '../answering/model/confidence.ts';
import { isRuleDate } from '../contracts/rule-date.ts';

const text = (remedy: string) => z.string(remedy).trim().min(1, remedy);
const id = z
  .string()
  .regex(/^[a-z]+(?:\.[a-z0-9-]+)?$/, 'write the id as topic.name in small letters, like password.email');
const DATE_REMEDY = 'write the date as "2021", "2021-11" or "2021-11-09", in quotes';
const date = z.string(DATE_REMEDY).refine(isRuleDate, DATE_REMEDY);

export const frontMatter = z.strictObject({
  id,
  kind: z.enum(['answer', 'flow', 'smalltalk'], 'kind is answer, flow or smalltalk'),
  title: text('give the entry a title'),
  sources: z.array(
    z.strictObject({
      doc: z.string().regex(/^[A-Z]$/, 'name the document by its letter in faq/sources.yaml'),
      date,
    }),
  ),
  asOf: date,
  related: z.array(id),
  platform: z.enum(['android', 'ios'], 'platform is android or ios').optional(),
  handover: z.boolean('handover is true where a person is to take over behind the answer').optional(),
  archived: z.boolean('archived is true where the entry is kept but not used').optional(),
  reviewedAt: z.iso.date('write the day as "2026-11-29", in quotes').optional(),
  reviewBy: z.iso.date('write the day as "2026-11-29", in quotes').optional(),
  variants: z
    .strictObject({
      android: text('write the whole answer').optional(),
      ios: text('write the whole answer').optional(),
    })
    .optional(),
});

export const phraseFile = z.array(
  z.strictObject({
    intent: z.union([z.literal('none'), id]),
    phrases: z
      .array(text('write the phrase as text; put it in quotes if it has a colon or is a number'))
      .min(1, 'add at least one phrase'),
  }),
  'the file is a list of {intent, phrases}',
);

const readings = z
  .array(text('give the reading as text, in quotes if it is a number'))
  .min(1, 'give at least one reading');
export const lexiconFile = z.strictObject({
  abbreviations: z.record(z.string(), readings),
  misspellings: z.record(z.string(), readings),
  synonyms: z.array(
    z.array(text('write the word as text')).min(2, 'a group of synonyms has at least two members'),
  ),
  courtesies: z.array(text('write the courtesy as text')),
});

export const placesFile = z.array(
  z.strictObject({
    name: text('give the place a name'),
    aliases: z.array(text('write the alias as text')),
    kind: z.enum(['province', 'district', 'city'], 'kind is province, district or city'),
  }),
);

export const sourcesFile = z.record(
  z.string().regex(/^[A-Z]$/, 'a document is named by one capital letter'),
  z.strictObject({ title: text('give the document a title'), publisher: text('say who published it'), date }),
);

export const officesFile = z.array(
  z.strictObject({
    code: text('give the code in quotes, such as "07916"'),
    name: text('give the office a name'),
    address: text('write the address as text').optional(),
    phones: z.array(
      z.strictObject({
        number: text('write the number in quotes'),
        extension: text('write the extension in quotes').optional(),
      }),
    ),
    province: text('name the province'),
    level: z.enum(['central', 'province', 'district', 'basic']).default('district'),
    hours: text('write the hours as text').optional(),
    location: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
    parent: text('give the code of the office above it').optional(),
    aliases: z.array(text('write other names as text')).default([]),
  }),
);

export const topicsFile = z.record(z.string(), text('give the topic a title'));

const share = z.number('run npm run calibrate to write this file anew').min(0).max(1);
const weight = z.number('run npm run calibrate to write this file anew');

export const calibrationFile = z.strictObject({
  measured: z.record(z.string(), z.union([z.string(), z.number()])),
  gates: z.strictObject({ answer: share, clarify: share, none: share, offerShare: share }),
  bias: weight,
  weights: z.strictObject(
    Object.fromEntries(CALIBRATION_TERMS.map((term) => [term, weight])) as Record<
      CalibrationTerm,
      typeof weight
    >,
  ),
});
