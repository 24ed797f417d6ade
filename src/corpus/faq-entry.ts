/** A FAQ entry field by field, so that two that say the same are the same. Pure. */
import type { FaqEntry } from './corpus.ts';

/** Leaves out the platforms without an answer of their own. */
export function withoutMissing(
  variants: { android?: string | undefined; ios?: string | undefined } = {},
): FaqEntry['variants'] {
  return {
    ...(variants.android === undefined ? {} : { android: variants.android }),
    ...(variants.ios === undefined ? {} : { ios: variants.ios }),
  };
}

/** In one order, and without fields that say nothing. What is stored and compared is in this shape. */
export function tidyEntry(entry: FaqEntry) {
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
    variants: withoutMissing({ android: entry.variants.android, ios: entry.variants.ios }),
    markdown: entry.markdown,
  };
}
