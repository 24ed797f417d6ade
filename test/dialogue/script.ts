/**
 * Conversations written down: what the contact says or taps, turn by turn, and what must be seen of the answer.
 * They need nothing internal, so that they can be played against the dialogue alone and through a running desk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Bubble, Choice } from '../../src/contracts/chat.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

/** What is seen of the bot's answer to one message: all that it said, chained turns included. */
const expectation = z.strictObject({
  /** Each stands somewhere in what is said: in any bubble, its title, rows or offices. */
  contains: texts.default([]),
  /** Stands nowhere. */
  not: texts.default([]),
  /** The FAQ entries shown, exactly these, in this order. */
  answers: texts.optional(),
  /** Labels that are offered, whatever else is. */
  choices: texts.default([]),
  /** Labels that are not offered. */
  noChoices: texts.default([]),
  /** Rows of the summary that is read back. */
  summary: z.record(z.string(), z.string()).optional(),
  /** A receipt or report of a ticket whose code begins so: PA, GY, GL. */
  ticket: z.enum(['PA', 'GY', 'GL']).optional(),
  noTicket: z.literal(true).optional(),
  /** Names of offices shown, exactly these. */
  offices: texts.optional(),
  /** Nothing is said at all. */
  silent: z.literal(true).optional(),
});
export type Expectation = z.infer<typeof expectation>;

const turn = z
  .strictObject({
    /** Typed. "{code}" stands for the code of the ticket shown last. */
    says: z.string().optional(),
    /** The label of a choice below the last answer. */
    taps: z.string().optional(),
    /** A choice that is not (any more) below the last answer. */
    tapsStale: z.strictObject({ id: z.string(), label: z.string() }).optional(),
    /** Where the device is. */
    location: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
    /** The device. */
    platform: z.enum(['android', 'ios']).optional(),
    bot: expectation.prefault({}),
    /** Seen only from inside: skipped by whoever plays through a running desk. */
    inside: z
      .strictObject({
        /** Effects in order; what is given of each must be so. */
        effects: z.array(z.looseObject({ kind: z.string() })).optional(),
        /** The text as it is stored. */
        stored: z.string().optional(),
      })
      .optional(),
    /** The next effect of this kind fails. Only from inside. */
    failing: z.string().optional(),
  })
  .refine(
    ({ says, taps, tapsStale }) => [says, taps, tapsStale].filter((way) => way !== undefined).length === 1,
    {
      error: 'one of says, taps and tapsStale',
    },
  );
export type ScriptTurn = z.infer<typeof turn>;

const script = z.strictObject({
  name: z.string(),
  /** Needs effects to fail: only from inside. */
  needsFailures: z.boolean().default(false),
  turns: z.array(turn).min(1),
});
export type Script = z.infer<typeof script> & { readonly file: string };

const FOLDER = path.join(import.meta.dirname, 'scripts');

export function loadScripts(): Script[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) =>
      z
        .array(script)
        .parse(parse(readFileSync(path.join(FOLDER, file), 'utf8')))
        .map((one) => ({ ...one, file })),
    );
}

export interface Heard {
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly Choice[];
}

/** What is otherwise than expected, in words; empty: all is well. */
export function check(expected: Expectation, { bubbles, choices }: Heard): string[] {
  const said = bubbles.map(wordsOf).join('\n');
  const labels = choices.map(({ label }) => label);
  const problems: string[] = [];
  const demand = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };
  if (expected.silent) demand(bubbles.length === 0 && choices.length === 0, `not silent: ${said}`);
  else demand(bubbles.length > 0, 'silent');
  for (const part of expected.contains) demand(contains(said, part), `does not say "${part}"`);
  for (const part of expected.not) demand(!contains(said, part), `says "${part}"`);
  for (const label of expected.choices) demand(labels.includes(label), `does not offer "${label}"`);
  for (const label of expected.noChoices) demand(!labels.includes(label), `offers "${label}"`);
  if (expected.answers !== undefined) {
    const shown = bubbles.flatMap((bubble) => (bubble.kind === 'answer' ? [bubble.intent] : []));
    demand(String(shown) === String(expected.answers), `answers [${shown}], not [${expected.answers}]`);
  }
  if (expected.summary !== undefined) problems.push(...checkSummary(expected.summary, bubbles));
  const codes = bubbles.flatMap((bubble) => (bubble.kind === 'ticket' ? [bubble.code] : []));
  if (expected.ticket !== undefined)
    demand(
      codes.length === 1 && new RegExp(`^${expected.ticket}-[2-9A-HJKMNP-Z]{6}$`).test(codes[0]!),
      `shows tickets [${codes}], not one ${expected.ticket}-…`,
    );
  if (expected.noTicket) demand(codes.length === 0, `shows tickets [${codes}]`);
  if (expected.offices !== undefined) {
    const shown = bubbles.flatMap((bubble) => (bubble.kind === 'offices' ? bubble.offices : []));
    const names = shown.map(({ name }) => name);
    demand(String(names) === String(expected.offices), `shows offices [${names}], not [${expected.offices}]`);
  }
  return problems;
}

function checkSummary(expected: Record<string, string>, bubbles: readonly Bubble[]): string[] {
  const summary = bubbles.find((bubble) => bubble.kind === 'summary');
  if (summary === undefined) return ['reads nothing back'];
  return Object.entries(expected).flatMap(([label, value]) => {
    const row = summary.rows.find((other) => other.label === label);
    return row?.value === value ? [] : [`reads back ${label}: ${row?.value}, not ${value}`];
  });
}

const contains = (said: string, part: string): boolean => said.toLowerCase().includes(part.toLowerCase());

function wordsOf(bubble: Bubble): string {
  switch (bubble.kind) {
    case 'text':
      return bubble.markdown;
    case 'answer':
      return `${bubble.title}\n${bubble.markdown}`;
    case 'offices':
      return bubble.offices
        .flatMap(({ name, address, phones }) => [
          name,
          address,
          ...phones.flatMap(({ number, extension }) => [number, extension]),
        ])
        .join('\n');
    case 'file':
      return bubble.name;
    default:
      return [
        bubble.title,
        bubble.kind === 'ticket' ? bubble.code : '',
        ...bubble.rows.map(({ label, value }) => `${label}: ${value}`),
      ].join('\n');
  }
}

/** The code of the ticket shown in these bubbles. */
export function codeIn(bubbles: readonly Bubble[]): string | undefined {
  return bubbles.flatMap((bubble) => (bubble.kind === 'ticket' ? [bubble.code] : [])).at(-1);
}

/** What is typed, with the code shown last put in. */
export function fillIn(text: string, code: string | undefined): string {
  return text.replaceAll('{code}', code ?? '{code}');
}
