import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ChangeView, DraftView } from '../../../src/contracts/curation.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { useCurationReload } from './curation-queries.ts';
import { keepUnit, revertUnit } from './draft-acts.ts';
import { addressOfUnit, isLong, sayValue } from './draft-rules.ts';
import { CommentThread } from './draft-talk.tsx';
import { words } from './release-copy.ts';
import { WordDiff } from './word-diff-view.tsx';

const { draft: says } = words;
const ACT_COLORS = { added: 'teal', changed: 'blue', removed: 'red' } as const;
const PHRASES_AT_ONCE = 60;

/** One unit: what it was, what the draft makes of it, and what people say about that. */
export function ChangeCard(props: {
  readonly draft: DraftView;
  readonly change: ChangeView;
  readonly mayEdit: boolean;
}) {
  const { draft, change, mayEdit } = props;
  const { unit, kind, title, act, fields, by, at, revision, conflict } = change;
  const reload = useCurationReload();
  const remarks = draft.remarks.filter((remark) => remark.unit === unit);
  const [isTalking, setTalking] = useState(remarks.length > 0);
  const address = addressOfUnit(change);
  const run = (done: string, act: () => Promise<void>): void => {
    void act()
      .then(() => sayDone(done))
      .catch(sayFailed)
      .finally(reload);
  };
  async function revert(): Promise<void> {
    const question = { title: says.revertTitle, text: says.revertText(title), act: says.revert };
    if (await confirmAct(question)) run(says.reverted, () => revertUnit(draft.id, unit, revision));
  }
  return (
    <Paper withBorder p="md" component="article" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2} miw={0} flex="1 1 260px">
            <Group gap="xs">
              <Badge variant="light" color={ACT_COLORS[act]}>
                {words.acts[act]}
              </Badge>
              <Text size="sm" c="dimmed">
                {words.unitKinds[kind]}
              </Text>
            </Group>
            <Title order={2} size="h5" className="console-anywhere">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {says.by(by, sayDateTime(at))}
            </Text>
          </Stack>
          <Group gap={4}>
            {address !== null && mayEdit && (
              <Button component={Link} to={address} variant="subtle" size="compact-md">
                {says.open}
              </Button>
            )}
            {mayEdit && (
              <Button variant="subtle" color="red" size="compact-md" onClick={() => void revert()}>
                {says.revert}
              </Button>
            )}
          </Group>
        </Group>
        {conflict && (
          <Paper p="sm" className="curation-conflict" role="alert">
            <Group justify="space-between" gap="sm">
              <Text size="sm" fw={600}>
                {says.conflict}
              </Text>
              {mayEdit && (
                <Group gap="xs">
                  <Button
                    size="compact-md"
                    onClick={() => run(says.kept, () => keepUnit(draft.id, unit, revision))}
                  >
                    {says.keepDraft}
                  </Button>
                  <Button
                    size="compact-md"
                    variant="default"
                    onClick={() => run(says.taken, () => revertUnit(draft.id, unit, revision))}
                  >
                    {says.takeLive}
                  </Button>
                </Group>
              )}
            </Group>
          </Paper>
        )}
        {kind === 'phrases' ? <PhraseChips fields={fields} /> : <Fields fields={fields} />}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isTalking}
            onClick={() => setTalking(!isTalking)}
          >
            {says.commentsOf(remarks.length)}
          </Button>
        </Group>
        {isTalking && (
          <CommentThread draft={draft} unit={unit} label={says.commentOn(title)} remarks={remarks} />
        )}
      </Stack>
    </Paper>
  );
}

function Fields({ fields }: Pick<ChangeView, 'fields'>) {
  return (
    <dl className="curation-fields">
      {fields.map((field) => (
        <div key={field.field}>
          <dt>{words.fieldOf(field.field)}</dt>
          <dd className="curation-text">
            {isLong(field) ? (
              <WordDiff before={field.before ?? ''} after={field.after ?? ''} />
            ) : (
              <ShortChange
                before={sayValue(field.field, field.before)}
                after={sayValue(field.field, field.after)}
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ShortChange({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <>
      {before !== '' && <del>{before}</del>}
      {before !== '' && ' → '}
      {after === '' ? (
        <Text span size="sm" c="dimmed">
          {says.nothing}
        </Text>
      ) : (
        <ins>{after}</ins>
      )}
    </>
  );
}

function PhraseChips({ fields }: Pick<ChangeView, 'fields'>) {
  const [isWhole, setWhole] = useState(false);
  const groups = [
    {
      act: 'added',
      label: says.added,
      texts: fields.flatMap(({ before, after }) => (before === null && after ? [after] : [])),
    },
    {
      act: 'removed',
      label: says.removed,
      texts: fields.flatMap(({ before, after }) => (after === null && before ? [before] : [])),
    },
  ].filter(({ texts }) => texts.length > 0);
  return (
    <Stack gap="xs">
      {groups.map(({ act, label, texts }) => {
        const shown = isWhole ? texts : texts.slice(0, PHRASES_AT_ONCE);
        return (
          <Group key={act} gap={6} align="baseline">
            <Text size="sm" fw={600}>{`${label} ${texts.length}:`}</Text>
            {shown.map((text) => (
              <span key={text} className="curation-chip" data-act={act}>
                {text}
              </span>
            ))}
            {texts.length > shown.length && (
              <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
                {says.morePhrases(texts.length - shown.length)}
              </Button>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
