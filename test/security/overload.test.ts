/** A crowd that is more than one process can serve: agents are served, contacts are put off, and then all is well. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskProcess, prepareDesk } from '../chaos/desk-process.ts';
import { type ChatClient, connectChat, newClientId } from '../support/chat-client.ts';
import { connectStaff, FIRST_ADMIN, type StaffClient, signIn } from '../support/staff-client.ts';

const CROWD = 30;
/** As many as a contact may send at once (kernel/limits.ts). */
const EACH = 60;

let desk: DeskProcess;
let agent: StaffClient;
let crowd: ChatClient[];
beforeAll(async () => {
  desk = await prepareDesk({
    FLOOD_LIMITS: 'on',
    ADMIN_EMAIL: FIRST_ADMIN.email,
    ADMIN_PASSWORD: FIRST_ADMIN.password,
  });
  await desk.start();
  agent = await connectStaff(desk.url, await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password));
  crowd = await Promise.all(Array.from({ length: CROWD }, () => connectChat(desk.url)));
  for (const contact of crowd) await contact.open();
});
afterAll(async () => {
  agent?.close();
  for (const contact of crowd ?? []) contact.close();
  await desk?.remove();
});

const codeOf = (error: unknown): string =>
  (error as { readonly ack?: { readonly code: string } }).ack?.code ?? String(error);

it('serves agents while contacts are put off, loses nothing it took, and is normal again afterwards', async () => {
  const said = { ok: 0, busy: 0, others: new Set<string>() };
  const taken = crowd.map(() => new Set<string>());
  const flood = Promise.all(
    crowd.flatMap((contact, at) =>
      Array.from({ length: EACH }, async (_, number) => {
        const clientId = newClientId();
        try {
          await contact.command('message:send', { clientId, text: `quên mật khẩu lần ${number}` });
          said.ok += 1;
          taken[at]?.add(clientId);
        } catch (error) {
          const refusal = (error as { ack?: { retryAfterMs?: number } }).ack;
          if (codeOf(error) === 'busy' && (refusal?.retryAfterMs ?? 0) >= 2_000) said.busy += 1;
          else said.others.add(codeOf(error));
        }
      }),
    ),
  );
  let flooding = true;
  const over = flood.then(() => {
    flooding = false;
  });
  let served = 0;
  while (flooding) {
    await agent.command('presence:set', { state: served % 2 === 0 ? 'away' : 'online' });
    served += 1;
  }
  await over;
  // Everything had an acknowledgement: taken, or to be sent again.
  expect([...said.others]).toEqual([]);
  expect(said.ok + said.busy).toBe(CROWD * EACH);
  expect(said.busy).toBeGreaterThan(0);
  expect(said.ok).toBeGreaterThan(0);
  expect(served).toBeGreaterThan(0);

  const newcomer = await comeIn();
  await newcomer.open();
  const answer = await newcomer.ask('quên mật khẩu');
  expect(answer.author).toBe('bot');
  newcomer.close();
  for (const [at, contact] of crowd.entries()) {
    const kept: (string | null)[] = [];
    for (let after = 0, hasMore = true; hasMore; ) {
      const page = await contact.command('history:read', { after });
      kept.push(...page.messages.map(({ clientId }) => clientId));
      after = page.messages.at(-1)?.seq ?? after;
      hasMore = page.hasMore;
    }
    for (const clientId of taken[at] ?? []) expect(kept.filter((one) => one === clientId)).toHaveLength(1);
  }
  expect(desk.complaints().filter((line) => line.includes('"level":50'))).toEqual([]);
});

/** As the widget does: a connection that is refused for now is tried again. */
async function comeIn(): Promise<ChatClient> {
  for (;;) {
    try {
      return await connectChat(desk.url);
    } catch (error) {
      if ((error as { data?: { code?: string } }).data?.code !== 'busy') throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
