/** Every written-down conversation, with the real engine on the real corpus. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Choice } from '../../src/contracts/chat.ts';
import { readOffices } from '../../src/corpus/read-offices.ts';
import { groupBy } from '../../src/kernel/group-by.ts';
import { ROOT, trainedCorpus } from '../support/corpus.ts';
import { createConversation, type Desk } from './conversation.ts';
import { check, codeIn, fillIn, loadScripts, type Script, type ScriptTurn } from './script.ts';

let desk: Desk;
beforeAll(async () => {
  desk = { ...(await trainedCorpus()), offices: await readOffices(ROOT) };
});

const scripts = loadScripts();
const byFile = groupBy(scripts, ({ file }) => file);

describe.each([...byFile.keys()])('%s', (file) => {
  it.each(byFile.get(file)!)('$name', (script) => play(script));
});

function play(script: Script): void {
  const conversation = createConversation(desk);
  let offered: readonly Choice[] = [];
  let code: string | undefined;
  script.turns.forEach((turn, at) => {
    if (turn.failing !== undefined) conversation.breakNext(turn.failing);
    const { text, choice } = messageOf(turn, offered, code);
    const said = conversation.send(text, choice, turn.platform ?? null, turn.location ?? null);
    const problems = check(turn.bot, said);
    if (turn.inside?.stored !== undefined && turn.inside.stored !== said.stored)
      problems.push(`stores "${said.stored}"`);
    const shown = `turn ${at + 1}, "${text}":\n${JSON.stringify(said, null, 1)}`;
    expect(problems, shown).toEqual([]);
    if (turn.inside?.effects !== undefined) expect(said.effects, shown).toMatchObject(turn.inside.effects);
    offered = said.choices;
    code = codeIn(said.bubbles) ?? code;
  });
}

function messageOf(
  { says, taps, tapsStale }: ScriptTurn,
  offered: readonly Choice[],
  code: string | undefined,
): { text: string; choice: string | null } {
  if (says !== undefined) return { text: fillIn(says, code), choice: null };
  if (tapsStale !== undefined) return { text: tapsStale.label, choice: tapsStale.id };
  const choice = offered.find(({ label }) => label === taps);
  if (choice === undefined) throw new Error(`"${taps}" is not offered: ${offered.map(({ label }) => label)}`);
  return { text: choice.label, choice: choice.id };
}
