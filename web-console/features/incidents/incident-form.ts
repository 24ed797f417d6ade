/** What the form of an incident holds, and how it becomes a draft. */
import type {
  BannerLevel,
  IncidentDraft,
  IncidentView,
  SuspicionView,
} from '../../../src/contracts/incidents.ts';
import { words } from './copy.ts';
import { LONGEST_TITLE } from './limits.ts';
import { nameSuspicion } from './suspicion-card.tsx';

export type EndsIn = keyof typeof words.form.endsIn;

export interface IncidentForm {
  readonly title: string;
  readonly all: boolean;
  readonly intents: readonly string[];
  readonly hasAnswer: boolean;
  readonly markdown: string;
  readonly place: 'above' | 'instead';
  readonly hasBanner: boolean;
  readonly bannerText: string;
  readonly level: BannerLevel;
  readonly endsIn: EndsIn;
  /** As a clock in Việt Nam shows it: 2026-11-30T18:00 */
  readonly endsAt: string;
}

const VIETNAM = '+07:00';
const VIETNAM_MS = 7 * 60 * 60_000;
const MINUTE_MS = 60_000;

const EMPTY: IncidentForm = {
  title: '',
  all: false,
  intents: [],
  hasAnswer: true,
  markdown: '',
  place: 'above',
  hasBanner: false,
  bannerText: '',
  level: 'warning',
  endsIn: 'never',
  endsAt: '',
};

/** A new one; from a suspicion with what is known of it. */
export function formOf(suspicion: SuspicionView | null): IncidentForm {
  if (suspicion === null) return EMPTY;
  const { subject } = suspicion;
  return {
    ...EMPTY,
    title: words.form.titleOf(nameSuspicion(suspicion)).slice(0, LONGEST_TITLE),
    intents: subject.kind === 'intent' ? [subject.intent] : [],
  };
}

export function formOfIncident({ title, affects, answer, banner, endsAt }: IncidentView): IncidentForm {
  return {
    title,
    all: affects.all,
    intents: affects.intents.map(({ id }) => id),
    hasAnswer: answer !== null,
    markdown: answer?.markdown ?? '',
    place: answer?.place ?? 'above',
    hasBanner: banner !== null,
    bannerText: banner?.text ?? '',
    level: banner?.level ?? 'warning',
    endsIn: endsAt === null ? 'never' : 'at',
    endsAt: endsAt === null ? '' : asInVietnam(new Date(endsAt)),
  };
}

export type Faults = Partial<Record<'title' | 'affects' | 'answer' | 'banner' | 'endsAt', string>>;

/** The draft, or what is wrong with the form. */
export function draftOf(
  form: IncidentForm,
  now: Date,
  required: string,
): { readonly draft: IncidentDraft } | { readonly faults: Faults } {
  const endsAt = endOf(form, now);
  const faults: Faults = {
    ...(form.title.trim() === '' ? { title: required } : {}),
    ...(form.all || form.intents.length > 0 ? {} : { affects: words.form.affectsNothing }),
    ...(form.hasAnswer && form.markdown.trim() === '' ? { answer: required } : {}),
    ...(form.hasBanner && form.bannerText.trim() === '' ? { banner: required } : {}),
    ...(form.hasAnswer || form.hasBanner ? {} : { answer: words.form.saysNothing }),
    ...(endsAt === null || endsAt > now ? {} : { endsAt: words.form.timeWrong }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  return {
    draft: {
      title: form.title.trim(),
      affects: { all: form.all, intents: form.all ? [] : [...form.intents] },
      answer: form.hasAnswer ? { markdown: form.markdown.trim(), place: form.place } : null,
      banner: form.hasBanner ? { text: form.bannerText.trim(), level: form.level } : null,
      endsAt: endsAt?.toISOString() ?? null,
    },
  };
}

/** null: until it is ended by hand. A time that cannot be read is long over. */
function endOf({ endsIn, endsAt }: IncidentForm, now: Date): Date | null {
  if (endsIn === 'never') return null;
  if (endsIn !== 'at') return new Date(now.getTime() + Number(endsIn) * MINUTE_MS);
  const at = new Date(`${endsAt}:00${VIETNAM}`);
  return Number.isNaN(at.getTime()) ? new Date(0) : at;
}

function asInVietnam(at: Date): string {
  return new Date(at.getTime() + VIETNAM_MS).toISOString().slice(0, 16);
}
