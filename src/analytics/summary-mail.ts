/** Numbers → the mail that sums a day or a week up, as plain text and as HTML. Pure. */
import type { ContentNumbers, CountName, Overview, StaffNumbers } from '../contracts/analytics.ts';
import { DEFINITIONS } from '../contracts/analytics-definitions.ts';
import { SUMMARY_WORDS as words } from './copy.ts';

export interface SummaryNumbers {
  readonly overview: Overview;
  readonly content: ContentNumbers;
  readonly staff: StaffNumbers;
}

export interface SummaryMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MOST_ROWS = 5;
/** Each with the number that it is a share of. */
const SHOWN: readonly (readonly [CountName, CountName | null])[] = [
  ['visits', null],
  ['resolved', 'visits'],
  ['unresolved', 'visits'],
  ['abandoned', 'visits'],
  ['handedOver', 'visits'],
  ['asked', null],
  ['answered', 'asked'],
  ['unknown', 'asked'],
  ['helpful', 'answered'],
  ['wrong', 'answered'],
  ['lost', 'requested'],
];

/** @param link to these numbers in the console; null: nobody said where that is */
export function writeSummary({ overview, content, staff }: SummaryNumbers, link: string | null): SummaryMail {
  const { from, to } = overview.period;
  const { counts, times, scores } = overview;
  const shareOf = (name: CountName, of: CountName | null, when: 'now' | 'before'): string =>
    words.number(counts[name][when]) + (of === null ? '' : words.share(counts[name][when], counts[of][when]));
  const tickets = staff.tickets.counts;
  const rows: (readonly [string, string, string])[] = [
    ...SHOWN.map(
      ([name, of]) =>
        [DEFINITIONS[name].label, shareOf(name, of, 'now'), shareOf(name, of, 'before')] as const,
    ),
    ...(['wait', 'firstResponse'] as const).map(
      (name) =>
        [
          DEFINITIONS[name].label,
          words.span(times[name].now.medianSeconds),
          words.span(times[name].before.medianSeconds),
        ] as const,
    ),
    [
      DEFINITIONS.satisfaction.label,
      words.score(scores.now.mean, scores.now.count),
      words.score(scores.before.mean, scores.before.count),
    ],
    ...(['created', 'closed', 'breached'] as const).map(
      (name) =>
        [
          DEFINITIONS[name].label,
          words.number(tickets[name].now),
          words.number(tickets[name].before),
        ] as const,
    ),
  ];
  const intents = content.intents
    .slice(0, MOST_ROWS)
    .filter(({ asked }) => asked > 0)
    .map(({ title, asked }) => `${title}: ${words.number(asked)}`);
  const gaps = content.gaps
    .slice(0, MOST_ROWS)
    .map(
      ({ title, unknown, clarified }) =>
        `${title === '' ? words.noTopic : title}: ${words.number(unknown + clarified)}`,
    );
  const lists = [
    { title: words.topIntents, items: intents },
    { title: words.gaps, items: gaps },
  ].filter(({ items }) => items.length > 0);
  const meanings = SHOWN.map(([name]) => `${DEFINITIONS[name].label}: ${DEFINITIONS[name].meaning}`);
  const lead = words.lead(from, to);
  return {
    subject: from === to ? words.daily(from) : words.weekly(from, to),
    text: `${[
      lead,
      rows.map(([name, now, before]) => `${name}: ${now} · ${words.columns[2]}: ${before}`).join('\n'),
      ...lists.map(({ title, items }) => `${title}\n${items.map((item) => `- ${item}`).join('\n')}`),
      ...(link === null ? [] : [`${words.link}: ${link}`]),
      `${words.meanings}\n${meanings.map((meaning) => `- ${meaning}`).join('\n')}`,
      `--\n${words.footer}`,
    ].join('\n\n')}\n`,
    html: pageOf(lead, rows, lists, link, meanings),
  };
}

const CELL = 'padding:6px 12px 6px 0;border-bottom:1px solid #dde3e9;vertical-align:top';
const SMALL = 'font-size:13px;line-height:1.5;color:#5c6773';

/** One column, no pictures, nothing that is loaded. */
function pageOf(
  lead: string,
  rows: readonly (readonly [string, string, string])[],
  lists: readonly { readonly title: string; readonly items: readonly string[] }[],
  link: string | null,
  meanings: readonly string[],
): string {
  const head = words.columns
    .map((name) => `<th scope="col" style="${CELL};text-align:left">${escapeHtml(name)}</th>`)
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td style="${CELL}">${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  const listed = lists
    .map(
      ({ title, items }) =>
        `<h2 style="font-size:16px;margin:20px 0 6px">${escapeHtml(title)}</h2>\n<ul style="margin:0;padding-left:20px">${itemsOf(items)}</ul>`,
    )
    .join('\n');
  const button =
    link === null
      ? ''
      : `<p style="margin:20px 0"><a href="${escapeHtml(link)}" style="color:#0b5cab">${escapeHtml(words.link)}</a></p>`;
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin:0;padding:0;background:#ffffff">
<div style="max-width:600px;margin:0 auto;padding:20px 16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#1f2933">
<p style="margin:0 0 12px">${escapeHtml(lead)}</p>
<table style="border-collapse:collapse;width:100%"><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table>
${listed}
${button}
<h2 style="font-size:14px;margin:20px 0 6px">${escapeHtml(words.meanings)}</h2>
<ul style="margin:0;padding-left:20px;${SMALL}">${itemsOf(meanings)}</ul>
<p style="margin:16px 0 0;padding-top:12px;border-top:1px solid #dde3e9;${SMALL}">${escapeHtml(words.footer)}</p>
</div>
</body>
</html>
`;
}

const itemsOf = (items: readonly string[]): string =>
  items.map((item) => `<li>${escapeHtml(item)}</li>`).join('');

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
