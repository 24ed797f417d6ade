/** How long things are kept: what goes by its age where no index of the database does it, and what a change would do. */
import type { RetentionPreview, RetentionSettings } from '../contracts/archive.ts';

export interface RetentionDeps {
  readonly settings: () => RetentionSettings;
  readonly hasArchive: boolean;
  /** Conversations in which nothing has happened since. */
  readonly countOver: (before: Date) => Promise<number>;
  /** Archived ones that ended before. */
  readonly countEnded: (before: Date) => Promise<number>;
  readonly countQuestions: (before: Date) => Promise<number>;
  /** @returns how many */
  readonly removeQuestions: (before: Date) => Promise<number>;
  readonly now?: () => Date;
}

export interface Retention {
  /** May be done by any number of nodes, at any time. */
  readonly sweep: () => Promise<void>;
  /** What would be moved or deleted at once, were these the settings. */
  readonly preview: (settings: RetentionSettings) => Promise<RetentionPreview>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

export function createRetention(deps: RetentionDeps): Retention {
  const { now = () => new Date() } = deps;
  const before = (days: number): Date => new Date(now().getTime() - days * DAY_MS);
  return {
    async sweep() {
      await deps.removeQuestions(before(deps.settings().questionDays));
    },
    async preview({ archiveAfterDays, deleteArchivedAfterDays, questionDays }) {
      const { hasArchive } = deps;
      const [over, ended, questions] = await Promise.all([
        archiveAfterDays === null || !hasArchive ? 0 : deps.countOver(before(archiveAfterDays)),
        deleteArchivedAfterDays === null || !hasArchive
          ? 0
          : deps.countEnded(before(deleteArchivedAfterDays)),
        deps.countQuestions(before(questionDays)),
      ]);
      return { archive: over, deleteArchived: ended, questions, hasArchive };
    },
  };
}
