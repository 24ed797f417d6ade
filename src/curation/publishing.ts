/** From a checked draft to the live release, by hand or at its time; and back to any release before. */
import type { Person } from '../contracts/console.ts';
import type {
  DraftNotes,
  Published,
  PublishRequest,
  ReleaseList,
  ReleaseRow,
} from '../contracts/corpus-releases.ts';
import type { ChangeView, DraftProblem, DraftStatus } from '../contracts/curation.ts';
import type { Role } from '../contracts/permissions.ts';
import type { Releases } from '../corpus/releases.ts';
import { AppError } from '../kernel/app-error.ts';
import type { CheckedDraft, Checks } from './checks.ts';
import { writeReleaseNotes } from './release-notes.ts';

/** A draft as publishing needs it. */
export interface PublishableDraft extends CheckedDraft {
  readonly status: DraftStatus;
  readonly approvedBy: Person | null;
  readonly scheduledBy: Person | null;
  readonly problems: readonly DraftProblem[];
  /** Units. */
  readonly conflicts: readonly string[];
}

export interface PublishingDeps {
  readonly drafts: {
    /** @throws AppError `draft_not_found` */
    readonly corpusOf: (id: string) => Promise<PublishableDraft>;
    readonly changesOf: (id: string) => Promise<readonly ChangeView[]>;
    readonly markPublished: (id: string, revision: number, release: number) => Promise<boolean>;
    readonly listDue: (at: Date) => Promise<readonly { readonly id: string; readonly name: string }[]>;
    readonly hold: (id: string, why: string) => Promise<void>;
  };
  readonly checks: Pick<Checks, 'demand' | 'runNow'>;
  readonly releases: Pick<Releases, 'publish' | 'goLive' | 'get' | 'list' | 'findLive'>;
  /** Looks at what is live at once, instead of in a moment. */
  readonly look: () => Promise<void>;
  /** Is a second pair of eyes wanted? */
  readonly needsApproval: () => boolean;
  readonly audit: (entry: {
    readonly actor: Person | null;
    readonly action: 'release.published' | 'release.wentLive';
    readonly subject: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly address: string | null;
  }) => Promise<unknown>;
  readonly now?: () => Date;
}

export interface Publisher extends Person {
  readonly role: Role;
  readonly address: string;
}

export interface Publishing {
  readonly writeNotes: (draft: string) => Promise<DraftNotes>;
  /**
   * Makes the checked draft the live release; on return it answers, on every node. May be repeated.
   * @throws AppError `edited_meanwhile`, `draft_closed`, `draft_conflicts`, `draft_has_problems`, `approval_needed`,
   *   `check_needed`, `publish_blocked`, `release_conflict`
   */
  readonly publish: (draft: string, request: PublishRequest, by: Publisher) => Promise<Published>;
  /** Newest first. */
  readonly list: (before: number) => Promise<ReleaseList>;
  /** Goes over to a release that is stored. @throws AppError `release_conflict`, `release_not_found` */
  readonly goLive: (number: number, live: number, by: Publisher) => Promise<void>;
  /** Checks and publishes what is due; what may not be published is held back, with the reason. */
  readonly publishDue: () => Promise<void>;
}

export const RELEASES_ON_A_PAGE = 20;

export function createPublishing(deps: PublishingDeps): Publishing {
  const { drafts, checks, releases, now = () => new Date() } = deps;

  /** What stands in the way whoever publishes. */
  const refuse = (draft: PublishableDraft, id: string): void => {
    if (draft.status === 'published' || draft.status === 'discarded')
      throw new AppError({ code: 'draft_closed', message: id });
    if (draft.conflicts.length > 0)
      throw new AppError({ code: 'draft_conflicts', message: id, details: draft.conflicts });
    if (draft.problems.length > 0) {
      const details = draft.problems.map(({ message, remedy }) => `${message} ${remedy}`);
      throw new AppError({ code: 'draft_has_problems', message: id, details });
    }
    if (deps.needsApproval() && draft.approvedBy === null)
      throw new AppError({ code: 'approval_needed', message: id });
  };

  const release = async (
    id: string,
    draft: PublishableDraft,
    making: { readonly by: Publisher | null; readonly notes: string; readonly answersFor: string | null },
  ): Promise<number> => {
    const { report, corpus } = await checks.demand(draft, id);
    if (report.blocks && making.answersFor === null)
      throw new AppError({ code: 'publish_blocked', message: id });
    const { by } = making;
    const notes = making.notes === '' ? (await writeNotes(id)).notes : making.notes;
    const { number } = await releases.publish(corpus, {
      by: by?.name ?? null,
      scheduledBy: by === null ? (draft.scheduledBy?.name ?? null) : null,
      notes,
      draft: id,
      answeredFor: making.answersFor,
      totals: report.totals.after,
    });
    await drafts.markPublished(id, draft.revision, number);
    await deps.audit({
      actor: by === null ? null : { id: by.id, name: by.name },
      address: by?.address ?? null,
      action: 'release.published',
      subject: `release:${number}`,
      details: { draft: id, lost: countLost(report.moves), answeredFor: making.answersFor },
    });
    await deps.look();
    return number;
  };

  const writeNotes = async (id: string): Promise<DraftNotes> => ({
    notes: writeReleaseNotes(await drafts.changesOf(id)),
  });

  const publishAtItsTime = async (id: string): Promise<void> => {
    const draft = await drafts.corpusOf(id);
    refuse(draft, id);
    await checks.runNow(id);
    await release(id, await drafts.corpusOf(id), { by: null, notes: '', answersFor: null });
  };

  return {
    writeNotes,
    async publish(id, { revision, notes, answersFor }, by) {
      const draft = await drafts.corpusOf(id);
      if (draft.revision !== revision) throw new AppError({ code: 'edited_meanwhile', message: id });
      refuse(draft, id);
      return { release: await release(id, draft, { by, notes, answersFor: readName(answersFor, by) }) };
    },
    async list(before) {
      const [found, live] = await Promise.all([
        releases.list(before, RELEASES_ON_A_PAGE + 1),
        releases.findLive(),
      ]);
      return {
        releases: found.slice(0, RELEASES_ON_A_PAGE).map(
          (one): ReleaseRow => ({
            number: one.number,
            at: one.at.toISOString(),
            by: one.by,
            scheduledBy: one.scheduledBy,
            live: one.number === live?.number,
            notes: one.notes,
            entries: one.entries,
            phrases: one.phrases,
            draft: one.draft,
            answeredFor: one.answeredFor,
            totals: one.totals,
          }),
        ),
        hasMore: found.length > RELEASES_ON_A_PAGE,
      };
    },
    async goLive(number, live, by) {
      if (!Number.isSafeInteger(number))
        throw new AppError({ code: 'release_not_found', message: String(number) });
      try {
        // What is damaged or not there must not keep the nodes waiting.
        await releases.get(number);
      } catch (cause) {
        if (cause instanceof AppError && cause.code === 'bad_release')
          throw new AppError({ code: 'release_not_found', message: cause.message, cause });
        throw cause;
      }
      await releases.goLive(live, number);
      await deps.audit({
        actor: { id: by.id, name: by.name },
        address: by.address,
        action: 'release.wentLive',
        subject: `release:${number}`,
        details: { before: live },
      });
      await deps.look();
    },
    async publishDue() {
      for (const { id } of await drafts.listDue(now())) {
        try {
          await publishAtItsTime(id);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          await drafts.hold(id, error.code);
        }
      }
    },
  };
}

/** An admin answers for losses by the own name, typed. null: nobody does. */
function readName(typed: string | undefined, by: Publisher): string | null {
  if (typed === undefined || typed === '') return null;
  const same = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  if (by.role !== 'admin') throw new AppError({ code: 'admin_needed', message: by.role });
  if (same(typed) !== same(by.name)) throw new AppError({ code: 'name_differs', message: by.name });
  return by.name;
}

function countLost(moves: readonly { readonly move: string }[]): number {
  return moves.filter(({ move }) => move === 'lost').length;
}
