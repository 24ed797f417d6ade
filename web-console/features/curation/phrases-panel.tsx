import { Button, Checkbox, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useState } from 'react';
import type { EntryRow, PhraseList, PhraseView } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { contains } from '../../shell/contains.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { Empty } from '../../shell/states.tsx';
import { AddPhrases, type PhrasesDraft } from './add-phrases.tsx';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { DraftChip } from './entry-health.tsx';
import { MovePhrases } from './move-phrases.tsx';

const { phrases: says } = words;
/** More are shown when they are asked for. */
const SHOWN_AT_ONCE = 100;

/** How people ask for an entry. */
export function PhrasesPanel(props: {
  readonly intent: string;
  readonly phrases: readonly PhraseView[];
  readonly entries: readonly EntryRow[];
  /** null: to look at. */
  readonly draft: PhrasesDraft | null;
}) {
  const { intent, phrases, entries, draft } = props;
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isMoving, setMoving] = useState(false);
  const reload = useCurationReload();
  const found = phrases.filter(({ text }) => contains(text, wanted));
  const there = new Set(phrases.filter((one) => one.draft !== 'removed').map(({ text }) => text));
  const picked = [...chosen].filter((text) => there.has(text));

  async function change(part: { readonly add?: string[]; readonly remove?: string[] }): Promise<void> {
    if (draft === null) return;
    await api.post<PhraseList>(`curation/intents/${intent}/phrases`, { draft: draft.id, ...part });
    await reload();
  }
  async function remove(texts: string[]): Promise<void> {
    await change({ remove: texts });
    setChosen(new Set());
    sayDone(says.removedSaid);
  }
  function choose(text: string, isChosen: boolean): void {
    const next = new Set(chosen);
    if (isChosen) next.add(text);
    else next.delete(text);
    setChosen(next);
  }

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {says.lead}
      </Text>
      {draft !== null && <AddPhrases intent={intent} entries={entries} draft={draft} />}
      <Group gap="sm" align="center">
        <TextInput
          type="search"
          aria-label={says.search}
          placeholder={says.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          flex="1 1 220px"
          maw={360}
        />
        <Text size="sm" c="dimmed" role="status">
          {says.total(there.size)}
        </Text>
        {picked.length > 0 && (
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {says.chosen(picked.length)}
            </Text>
            <Button variant="default" size="compact-md" onClick={() => setMoving(true)}>
              {says.move}
            </Button>
            <Button variant="default" size="compact-md" onClick={() => void remove(picked).catch(sayFailed)}>
              {says.removeChosen}
            </Button>
          </Group>
        )}
      </Group>
      {found.length === 0 && <Empty text={phrases.length === 0 ? says.empty : says.noMatch} />}
      <ul className="console-plain-list curation-phrases">
        {found.slice(0, shown).map((phrase) => (
          <Phrase
            key={phrase.text}
            phrase={phrase}
            acts={
              draft === null
                ? null
                : {
                    isChosen: chosen.has(phrase.text),
                    choose: (isChosen) => choose(phrase.text, isChosen),
                    remove: () => void remove([phrase.text]).catch(sayFailed),
                    undo: () => void change({ add: [phrase.text] }).catch(sayFailed),
                  }
            }
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + SHOWN_AT_ONCE)} maw={260}>
          {says.more(found.length - shown)}
        </Button>
      )}
      {isMoving && draft !== null && (
        <MovePhrases
          draft={draft.id}
          from={intent}
          phrases={picked}
          entries={entries}
          close={() => setMoving(false)}
          moved={() => setChosen(new Set())}
        />
      )}
    </Stack>
  );
}

interface PhraseActs {
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
  readonly remove: () => void;
  readonly undo: () => void;
}

function Phrase({ phrase, acts }: { readonly phrase: PhraseView; readonly acts: PhraseActs | null }) {
  const { text, draft } = phrase;
  const isGone = draft === 'removed';
  return (
    <li className="curation-phrase">
      {acts !== null && !isGone && (
        <Checkbox
          size="sm"
          checked={acts.isChosen}
          onChange={(event) => acts.choose(event.currentTarget.checked)}
          aria-label={says.chooseOf(text)}
        />
      )}
      <Text
        size="sm"
        className="console-anywhere"
        flex={1}
        {...(isGone ? { td: 'line-through', c: 'dimmed' } : {})}
      >
        {text}
      </Text>
      <DraftChip draft={draft} />
      {acts !== null && (
        <UnstyledButton
          className="curation-quiet"
          onClick={isGone ? acts.undo : acts.remove}
          aria-label={isGone ? says.undoOf(text) : says.removeOf(text)}
        >
          {isGone ? says.undo : words.entry.remove}
        </UnstyledButton>
      )}
    </li>
  );
}
