/** The audit log: who did what, in an order that cannot be changed unseen. */
import type { AuditQuery } from '../contracts/audit.ts';
import { momentOf } from '../kernel/vietnam-time.ts';
import { type AuditEntry, type AuditFact, type AuditHead, BEGINNING, chain } from './audit.ts';
import type { AuditFilter, AuditStore } from './audit-store.ts';
import { type AuditVerdict, verifyAudit } from './verify-audit.ts';

export interface AuditLogDeps {
  readonly store: AuditStore;
  readonly now?: () => Date;
}

export interface AuditLog {
  /** Adds an entry; to be waited for before what it tells of is done. @throws when it cannot be written */
  readonly append: (fact: AuditFact) => Promise<void>;
  /** A page, the newest first. */
  readonly list: (query: AuditQuery) => Promise<{ entries: AuditEntry[]; hasMore: boolean }>;
  /** Everything that the query wants, the newest first. */
  readonly walk: (query: AuditQuery) => AsyncGenerator<AuditEntry>;
  /** Looks through all of it. @param expected a head that was noted earlier */
  readonly verify: (expected?: AuditHead) => Promise<AuditVerdict>;
}

const PAGE = 50;
const WALK_PAGE = 500;

export function createAuditLog({ store, now = () => new Date() }: AuditLogDeps): AuditLog {
  let last: Promise<unknown> = Promise.resolve();
  /** The number is handed out by the insert: of two nodes that want the same, one looks again. */
  const append = async (fact: AuditFact): Promise<void> => {
    for (;;) {
      const head = (await store.findLast()) ?? BEGINNING;
      if (await store.insert(chain(head, fact, now()))) return;
    }
  };
  async function* walk(query: AuditQuery): AsyncGenerator<AuditEntry> {
    let { before } = query;
    for (;;) {
      // Short queries: whoever reads slowly holds no cursor of the database.
      const page = await store.list({ ...filterOf(query), before }, WALK_PAGE);
      yield* page;
      if (page.length < WALK_PAGE) return;
      before = page.at(-1)?.number;
    }
  }

  return {
    append(fact) {
      // One after the other in this process, which would only compete with itself.
      const done = last.then(() => append(fact));
      last = done.catch(() => undefined);
      return done;
    },
    async list(query) {
      const found = await store.list(filterOf(query), PAGE + 1);
      return { entries: found.slice(0, PAGE), hasMore: found.length > PAGE };
    },
    walk,
    verify: (expected) => verifyAudit(store.walk, expected),
  };
}

/** Days are those of Việt Nam. */
function filterOf({ before, action, actor, from, to }: AuditQuery): AuditFilter {
  return {
    before,
    action,
    actor,
    from: from === undefined ? undefined : new Date(momentOf(from, '00:00')),
    until: to === undefined ? undefined : new Date(momentOf(to, '24:00')),
  };
}
