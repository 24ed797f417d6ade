import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import IconArrowBack from '@tabler/icons-react/icons/IconArrowBackUp';
import { useState } from 'react';
import { Link } from 'react-router';
import type { GroupActView, GroupView } from '../../../src/contracts/unanswered.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayFailed } from '../../shell/notices.ts';
import { words } from './copy.ts';
import { EntryModal } from './entry-modal.tsx';
import { IgnoreModal } from './ignore-modal.tsx';
import { OtherIntent } from './other-intent.tsx';
import { Samples } from './samples.tsx';
import { SignalBadges } from './signal-badges.tsx';
import { useGroupAct } from './unanswered-queries.ts';
import { useChoice } from './use-choice.ts';
import { WordModal } from './word-modal.tsx';
import { Wordings } from './wordings.tsx';

const OUT_OF_SCOPE = 'none';
type Dialog = 'entry' | 'word' | 'ignore';

/** One group of questions: what was asked, what to make of it. */
export function GroupDetail({
  group,
  draft,
}: {
  readonly group: GroupView;
  readonly draft: string | undefined;
}) {
  const mayHandle = useSession().may('unanswered.handle');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const choice = useChoice(
    group.wordings.filter(({ personal }) => personal === null).map(({ text }) => text),
  );
  const act = useGroupAct(group.id, (row) =>
    row.act === null || row.state === 'open'
      ? words.undone
      : words.acts[row.act.kind](row.act.target?.title ?? ''),
  );
  const isOpen = group.state === 'open';
  const canAct = mayHandle && !act.isPending && isOpen;
  const part = { ...(draft === undefined ? {} : { draft }), phrases: choice.chosen, heldOut: choice.heldOut };

  const teach = (intent: string): void => {
    if (choice.chosen.length === 0) sayFailed(new Error(words.nothingChosen));
    else act.mutate({ act: 'teach', body: { ...part, intent } });
  };
  const undo = (): void => act.mutate({ act: 'undo', body: {} });
  const { suggestions } = group;
  const accept = (place: number): void => {
    const suggestion = suggestions[place - 1];
    if (suggestion !== undefined) teach(suggestion.intent);
  };
  useShortcut({
    keys: '1',
    label: words.keys.accept(1),
    run: () => accept(1),
    when: canAct && suggestions.length > 0,
  });
  useShortcut({
    keys: '2',
    label: words.keys.accept(2),
    run: () => accept(2),
    when: canAct && suggestions.length > 1,
  });
  useShortcut({
    keys: '3',
    label: words.keys.accept(3),
    run: () => accept(3),
    when: canAct && suggestions.length > 2,
  });
  useShortcut({ keys: 'o', label: words.keys.outOfScope, run: () => teach(OUT_OF_SCOPE), when: canAct });
  useShortcut({ keys: 'i', label: words.keys.ignore, run: () => setDialog('ignore'), when: canAct });
  useShortcut({
    keys: 'u',
    label: words.keys.undo,
    run: undo,
    when: mayHandle && !act.isPending && group.act !== null,
  });

  return (
    <Stack gap="lg" component="article" aria-labelledby="group-head">
      <Stack gap={6}>
        <Title order={2} size="h3" id="group-head" className="console-anywhere">
          {group.head}
        </Title>
        <Text size="sm" c="dimmed">
          {[words.people(group.people), words.times(group.misses)].join(' · ')} ·{' '}
          {words.since(sayDateTime(group.firstAt), sayDateTime(group.lastAt))}
        </Text>
        <SignalBadges signals={group.signals} />
      </Stack>

      {group.act !== null && (
        <ActLine act={group.act} undo={mayHandle ? undo : null} isBusy={act.isPending} />
      )}

      {mayHandle && isOpen && (
        <Stack gap="xs" component="section" aria-label={words.teachTitle}>
          <Text fw={600} size="sm">
            {words.teachTitle}
          </Text>
          <Group gap="xs">
            {suggestions.map(({ intent, title, confidence }, place) => (
              <Button
                key={intent}
                variant={place === 0 ? 'filled' : 'default'}
                onClick={() => teach(intent)}
                disabled={act.isPending}
                className="unanswered-suggestion"
              >
                {words.teach(place + 1, title, confidence)}
              </Button>
            ))}
            <OtherIntent draft={draft} choose={teach} />
          </Group>
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => teach(OUT_OF_SCOPE)} disabled={act.isPending}>
              {words.outOfScope}
            </Button>
            <Button variant="default" size="xs" onClick={() => setDialog('word')}>
              {words.addWord}
            </Button>
            <Button variant="default" size="xs" onClick={() => setDialog('entry')}>
              {words.addEntry}
            </Button>
            <Button variant="default" size="xs" onClick={() => setDialog('ignore')}>
              {words.ignore}
            </Button>
          </Group>
        </Stack>
      )}

      <Wordings wordings={group.wordings} choice={choice} canChoose={mayHandle && isOpen} />
      <Samples samples={group.samples} />

      {dialog === 'entry' && (
        <EntryModal
          draft={draft}
          question={group.head}
          close={() => setDialog(null)}
          save={(entry) => act.mutateAsync({ act: 'entry', body: { ...part, entry } })}
          canSave={choice.chosen.length > 0}
        />
      )}
      {dialog === 'word' && (
        <WordModal
          close={() => setDialog(null)}
          save={(word) =>
            act.mutateAsync({ act: 'lexicon', body: { ...(draft === undefined ? {} : { draft }), ...word } })
          }
        />
      )}
      {dialog === 'ignore' && (
        <IgnoreModal
          close={() => setDialog(null)}
          ignore={(reason) => act.mutateAsync({ act: 'ignore', body: { reason } })}
        />
      )}
    </Stack>
  );
}

function ActLine(props: {
  readonly act: GroupActView;
  /** null: the person may not. */
  readonly undo: (() => void) | null;
  readonly isBusy: boolean;
}) {
  const { act, undo, isBusy } = props;
  const facts = [
    act.phrases.length > 0 ? words.actPhrases(act.phrases.length) : '',
    act.heldOut.length > 0 ? words.actHeldOut(act.heldOut.length) : '',
    act.reason ?? '',
    words.actBy(act.by.name, sayDateTime(act.at)),
  ];
  return (
    <Alert color="teal" title={words.acts[act.kind](act.target?.title ?? '')} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{facts.filter((fact) => fact !== '').join(' · ')}</Text>
        <Group gap="xs">
          {undo !== null && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowBack size={16} aria-hidden />}
              onClick={undo}
              loading={isBusy}
            >
              {words.undo}
            </Button>
          )}
          {act.draft !== null && (
            <Button size="xs" variant="subtle" component={Link} to={`/curation/drafts/${act.draft}`}>
              {words.openDraft}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
