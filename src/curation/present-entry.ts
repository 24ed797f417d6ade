/** FAQ entry ↔ contract, field by field. */
import type { FaqContent } from '../contracts/curation.ts';
import type { FaqEntry } from '../corpus/corpus.ts';

export function presentEntry(entry: FaqEntry): FaqContent {
  return {
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    sources: entry.sources.map(({ doc, date }) => ({ doc, date })),
    asOf: entry.asOf,
    related: [...entry.related],
    ...(entry.platform === undefined ? {} : { platform: entry.platform }),
    ...(entry.handover === true ? { handover: true } : {}),
    ...(entry.archived === true ? { archived: true } : {}),
    ...(entry.reviewedAt === undefined ? {} : { reviewedAt: entry.reviewedAt }),
    ...(entry.reviewBy === undefined ? {} : { reviewBy: entry.reviewBy }),
    markdown: entry.markdown,
    variants: variantsOf(entry.variants),
  };
}

/** In the order in which entries are stored. */
export function toEntry(content: FaqContent): FaqEntry {
  const variants = variantsOf(content.variants);
  const { markdown, ...rest } = presentEntry({ ...content, variants });
  return { ...rest, variants, markdown };
}

function variantsOf({ android, ios }: FaqContent['variants']): FaqEntry['variants'] {
  return { ...(android === undefined ? {} : { android }), ...(ios === undefined ? {} : { ios }) };
}
