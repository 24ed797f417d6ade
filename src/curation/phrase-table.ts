/** Phrases in tables: what one would add to a draft, and all there are as one. */
import { type PersonalKind, type PhraseTablePlan, phraseText } from '../contracts/curation.ts';
import { BYTE_ORDER_MARK, writeCsvRow } from '../kernel/csv.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftOnLive } from './draft-edits.ts';
import { DRAFT_WORDS } from './draft-words.ts';
import { createPhraseDeltas } from './phrase-deltas.ts';
import type { PhraseRow } from './read-phrase-table.ts';

const WORDS = {
  columns: ['Ý định', 'Tiêu đề', 'Câu'],
  noIntent: (name: string) =>
    [
      name === '' ? 'Dòng chưa có ý định.' : `Không có ý định “${name}”.`,
      'Ghi mã như login.how, hoặc đúng tiêu đề câu trả lời.',
    ] as const,
  noPhrase: ['Dòng chưa có câu.', 'Viết câu mẫu hoặc xóa dòng này.'],
  tooLong: ['Câu dài quá 300 ký tự.', 'Viết ngắn lại: người dân hiếm khi hỏi dài như vậy.'],
  taken: (title: string) =>
    [`Câu này đang thuộc “${title}”.`, 'Chuyển câu trong danh sách câu mẫu nếu bảng đúng hơn.'] as const,
  twice: (row: number) => [`Câu này đã có ở dòng ${row} cho ý định khác.`, 'Chỉ giữ một dòng.'] as const,
} as const;
const PERSONAL_WORDS: Readonly<Record<PersonalKind, readonly [string, string]>> = {
  secret: ['Câu có mật khẩu hoặc mã xác thực.', 'Bỏ mật khẩu hoặc mã khỏi câu.'],
  phone: ['Câu có số điện thoại.', 'Bỏ số khỏi câu.'],
  number: ['Câu có số riêng của một người.', 'Bỏ số khỏi câu.'],
  email: ['Câu có địa chỉ email.', 'Bỏ địa chỉ khỏi câu.'],
  cover: ['Câu có chỗ đã được che (••••).', 'Viết lại câu không có chỗ che.'],
};

/** @param findPersonal what of a text is of one person; null: nothing */
export function createPhraseTables(rules: CorpusRules, findPersonal: (text: string) => PersonalKind | null) {
  const deltas = createPhraseDeltas(rules);
  const fold = (text: string): string => searchWords(text).join(' ');

  return {
    /** What the table would add; nothing is changed. */
    plan(on: DraftOnLive, rows: readonly PhraseRow[]): PhraseTablePlan {
      const { faq } = on.corpus;
      const ids = new Map([
        ...faq.map(({ id, title }) => [fold(title), id] as const),
        ...faq.map(({ id }) => [fold(id), id] as const),
        [fold('none'), 'none'] as const,
        [fold(DRAFT_WORDS.outOfScope), 'none'] as const,
      ]);
      const titles = new Map(faq.map(({ id, title }) => [id, title]));
      const seen = new Map<string, { row: number; intent: string }>();
      const add: { intent: string; phrase: string }[] = [];
      const problems: PhraseTablePlan['problems'][number][] = [];
      let known = 0;
      for (const { row, intent: name, phrase: text } of rows) {
        const refuse = ([message, remedy]: readonly [string, string]): void => {
          problems.push({ row, message, remedy });
        };
        const intent = ids.get(fold(name));
        const phrase = phraseText.safeParse(text.replace(/\s+/gu, ' '));
        const key = rules.phraseKey(text);
        const before = seen.get(key);
        const holder = key === '' ? null : deltas.holderOf(on, text);
        if (intent === undefined || name === '') refuse(WORDS.noIntent(name));
        else if (key === '') refuse(WORDS.noPhrase);
        else if (!phrase.success) refuse(WORDS.tooLong);
        else if (holder !== null && holder !== intent) refuse(WORDS.taken(titles.get(holder) ?? holder));
        else if (before !== undefined && before.intent !== intent) refuse(WORDS.twice(before.row));
        else if (holder === intent || before !== undefined) known += 1;
        else {
          const personal = findPersonal(text);
          if (personal !== null) {
            refuse(PERSONAL_WORDS[personal]);
            continue;
          }
          add.push({ intent, phrase: phrase.data });
          seen.set(key, { row, intent });
        }
      }
      return { rows: rows.length, add, known, problems };
    },
    *write({ corpus }: DraftOnLive): Generator<string> {
      const titles = new Map(corpus.faq.map(({ id, title }) => [id, title]));
      yield BYTE_ORDER_MARK + writeCsvRow(WORDS.columns);
      for (const { intent, phrases } of corpus.intents) {
        const title = titles.get(intent) ?? DRAFT_WORDS.outOfScope;
        yield phrases.map((phrase) => writeCsvRow([intent, title, phrase])).join('');
      }
    },
  };
}
