/** How what is typed is read: choices, slot values, and expressions, case by case. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createEntityExtractor } from '../../src/answering/entities/extract-entities.ts';
import { noneChoice } from '../../src/dialogue/choice-ids.ts';
import {
  isAcknowledgement,
  isCancel,
  isNo,
  isNotWorking,
  isRejection,
  isSkip,
  isSwearing,
  isYes,
  readQueueWish,
} from '../../src/dialogue/expressions.ts';
import { readAnswer } from '../../src/dialogue/flows/slot-values.ts';
import { listen, type Said } from '../../src/dialogue/said.ts';
import { slotName } from '../../src/dialogue/state.ts';
import { findTypedChoice } from '../../src/dialogue/typed-choice.ts';

const read = (file: string): unknown => parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'));
const NOTHING = '-';

const extract = createEntityExtractor({
  places: [
    { name: 'Củ Chi', aliases: ['huyện Củ Chi'], kind: 'district' },
    { name: 'Quận 6', aliases: ['q6', 'q.6'], kind: 'district' },
  ],
});
const hear = (text: string): Said => listen(text, extract(text));

describe('a typed choice', () => {
  const offers = z
    .array(
      z.strictObject({
        labels: z.array(z.string()),
        asked: z.boolean(),
        yes: z.literal('first').optional(),
        cases: z.record(z.string(), z.string()),
      }),
    )
    .parse(read('typed-choices.yaml'));
  const rows = offers.flatMap(({ labels, asked, yes, cases }) => {
    const choices = [
      ...labels.map((label, at) => ({ id: `intent:${at}`, label })),
      ...(asked ? [noneChoice] : []),
    ];
    const offer = {
      choices,
      asked,
      yes: yes === undefined ? null : 'intent:0',
      no: asked ? noneChoice.id : null,
    };
    return Object.entries(cases).map(([says, picks]) => ({ says, picks, offer }));
  });

  it.each(rows)('"$says" is "$picks"', ({ says, picks, offer }) => {
    const typed = findTypedChoice(hear(says), offer);
    const label = offer.choices.find(({ id }) => id === typed?.id)?.label;
    expect(label ?? NOTHING).toBe(picks);
  });
});

describe('a slot', () => {
  const slots = z.partialRecord(slotName, z.record(z.string(), z.string())).parse(read('slot-values.yaml'));
  const rows = Object.entries(slots).flatMap(([slot, cases]) =>
    Object.entries(cases).map(([says, value]) => ({ slot: slotName.parse(slot), says, value })),
  );

  it.each(rows)('$slot reads "$says" as "$value"', ({ slot, says, value }) => {
    expect(readAnswer(slot, hear(says)) ?? NOTHING).toBe(value);
  });
});

describe('an expression', () => {
  const recognisers: Readonly<Record<string, (said: Said) => boolean>> = {
    cancel: isCancel,
    skip: isSkip,
    yes: isYes,
    no: isNo,
    rejection: isRejection,
    notWorking: isNotWorking,
    acknowledgement: isAcknowledgement,
    swearing: isSwearing,
    queueCallback: (said) => readQueueWish(said) === 'callback',
    queueBot: (said) => readQueueWish(said) === 'bot',
  };
  const list = z.array(z.string());
  const kinds = z.record(z.string(), z.strictObject({ yes: list, no: list })).parse(read('expressions.yaml'));
  const rows = Object.entries(kinds).flatMap(([kind, { yes, no }]) => [
    ...yes.map((says) => ({ kind, says, expected: true })),
    ...no.map((says) => ({ kind, says, expected: false })),
  ]);

  it('has cases for each kind', () => {
    expect(Object.keys(kinds).sort()).toEqual(Object.keys(recognisers).sort());
  });

  it.each(rows)('$kind: "$says" $expected', ({ kind, says, expected }) => {
    expect(recognisers[kind]!(hear(says))).toBe(expected);
  });
});
