/** Release notes, written from what a draft changes. Pure. */
import type { ChangeView, UnitKind } from '../contracts/curation.ts';

/** So many names are written out; of more, how many. */
const MOST_NAMED = 6;

const WORDS: Readonly<Record<Exclude<UnitKind, 'phrases'>, Readonly<Record<ChangeView['act'], string>>>> = {
  faq: { added: 'Mục trả lời mới', changed: 'Sửa câu trả lời', removed: 'Bỏ mục trả lời' },
  topic: { added: 'Chủ đề mới', changed: 'Đổi tên chủ đề', removed: 'Bỏ chủ đề' },
  document: { added: 'Văn bản nguồn mới', changed: 'Sửa văn bản nguồn', removed: 'Bỏ văn bản nguồn' },
  abbreviation: { added: 'Viết tắt mới', changed: 'Sửa viết tắt', removed: 'Bỏ viết tắt' },
  misspelling: { added: 'Lỗi gõ mới', changed: 'Sửa lỗi gõ', removed: 'Bỏ lỗi gõ' },
  synonyms: { added: 'Nhóm đồng nghĩa mới', changed: 'Sửa nhóm đồng nghĩa', removed: 'Bỏ nhóm đồng nghĩa' },
  courtesy: { added: 'Lời thưa gửi mới', changed: 'Sửa lời thưa gửi', removed: 'Bỏ lời thưa gửi' },
  place: { added: 'Địa danh mới', changed: 'Sửa địa danh', removed: 'Bỏ địa danh' },
  calibration: {
    added: 'Đo lại độ tin cậy',
    changed: 'Đo lại độ tin cậy',
    removed: 'Đo lại độ tin cậy',
  },
};

/** One line for each kind of change, phrases last: what they are taught for, and how many. */
export function writeReleaseNotes(changes: readonly ChangeView[]): string {
  const lines = Object.entries(WORDS).flatMap(([kind, words]) =>
    (['added', 'changed', 'removed'] as const).flatMap((act) => {
      const titles = changes.flatMap((one) => (one.kind === kind && one.act === act ? [one.title] : []));
      if (titles.length === 0) return [];
      return kind === 'calibration' ? [`- ${words[act]}`] : [`- ${words[act]}: ${nameAll(titles)}`];
    }),
  );
  const taught = changes
    .filter(({ kind }) => kind === 'phrases')
    .map(({ title, fields }) => {
      const added = fields.filter(({ after }) => after !== null).length;
      const removed = fields.filter(({ before }) => before !== null).length;
      return { title, added, removed };
    })
    .sort((a, b) => b.added + b.removed - (a.added + a.removed));
  if (taught.length > 0) {
    const named = taught.map(({ title, added, removed }) => `${title} (${countsOf(added, removed)})`);
    lines.push(`- Cách hỏi: ${nameAll(named)}`);
  }
  return lines.join('\n');
}

const countsOf = (added: number, removed: number): string =>
  [...(added > 0 ? [`thêm ${added}`] : []), ...(removed > 0 ? [`bớt ${removed}`] : [])].join(', ');

function nameAll(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join('; ')} và ${more} mục khác` : names.join('; ');
}
