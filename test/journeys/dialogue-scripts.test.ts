/** The scripted conversations of test/dialogue/scripts, each through the real desk over a socket of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Choice, MessageView } from '../../src/contracts/chat.ts';
import { check, codeIn, fillIn, loadScripts, type Script, type ScriptTurn } from '../dialogue/script.ts';
import { type ChatClient, connectChat } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';

/** How long a bot that should be silent is listened to. */
const SILENCE_MS = 300;

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
}, 120_000);
afterAll(() => desk?.stop());

async function play({ turns }: Script): Promise<string[]> {
  const client = await connectChat(desk.url);
  await client.open();
  const problems: string[] = [];
  let last: MessageView | null = null;
  let code: string | undefined;
  for (const [at, turn] of turns.entries()) {
    const { text, choice } = whatToSend(turn, last?.choices ?? [], code);
    const sent = await client.send(text, {
      ...(choice === undefined ? {} : { choice }),
      ...(turn.platform === undefined ? {} : { platform: turn.platform }),
      ...(turn.location === undefined ? {} : { location: turn.location }),
    });
    const answer = turn.bot.silent ? await listen(client, sent.seq) : await client.answerTo(sent.seq);
    problems.push(
      ...check(turn.bot, answer ?? { bubbles: [], choices: [] }).map(
        (problem) => `turn ${at + 1}: ${problem}`,
      ),
    );
    last = answer ?? last;
    code = codeIn(answer?.bubbles ?? []) ?? code;
  }
  client.close();
  return problems;
}

function whatToSend(
  { says, taps, tapsStale }: ScriptTurn,
  choices: readonly Choice[],
  code: string | undefined,
): { text: string; choice?: string } {
  if (says !== undefined) return { text: fillIn(says, code) };
  if (tapsStale !== undefined) return { text: tapsStale.label, choice: tapsStale.id };
  const tapped = choices.find(({ label }) => label === taps);
  if (tapped === undefined) throw new Error(`"${taps}" is not offered: ${JSON.stringify(choices)}`);
  return { text: tapped.label, choice: tapped.id };
}

async function listen(client: ChatClient, seq: number): Promise<MessageView | null> {
  await delay(SILENCE_MS);
  return client.heard.find(({ replyTo }) => replyTo === seq) ?? null;
}

const scripts = loadScripts().filter(({ needsFailures }) => !needsFailures);

test.each(scripts.map((script) => [`${script.file}: ${script.name}`, script] as const))(
  '%s',
  async (_, script) => {
    expect(await play(script)).toEqual([]);
  },
);
