import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { foldMail } from '../../src/mail/fold-mail.ts';

interface Case {
  readonly name: string;
  readonly mail: string;
  readonly text: string;
  /** What the folded part begins with; left out: nothing is folded. */
  readonly quoted?: string;
}
const cases: readonly Case[] = parse(readFileSync(path.join(import.meta.dirname, 'folding.yaml'), 'utf8'));

describe('what was newly written is told from', () => {
  it.each(cases)('$name', ({ mail, text, quoted = '' }) => {
    const folded = foldMail(mail);
    expect(folded.text).toBe(text.trim());
    if (quoted === '') expect(folded.quoted).toBe('');
    else expect(folded.quoted.slice(0, quoted.length)).toBe(quoted);
  });

  it.each(cases)('and nothing gets lost: $name', ({ mail }) => {
    const words = (text: string) =>
      text
        .split(/\s+/)
        .filter((word) => word !== '')
        .sort();
    const { text, quoted } = foldMail(mail);
    expect([...words(text), ...words(quoted)].sort()).toEqual(words(mail));
  });
});
