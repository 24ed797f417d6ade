import { Button, Checkbox, Group, Stack, Switch, Text, Title } from '@mantine/core';
import type { GroupWording } from '../../../src/contracts/unanswered.ts';
import { personal } from '../curation/copy.ts';
import { words } from './copy.ts';
import type { Choice } from './use-choice.ts';

interface WordingsProps {
  readonly wordings: readonly GroupWording[];
  readonly choice: Choice;
  readonly canChoose: boolean;
}

/** How people asked, to be chosen from. */
export function Wordings({ wordings, choice, canChoose }: WordingsProps) {
  const mayBeTaught = wordings.filter(({ personal }) => personal === null).length;
  const areAllChosen = choice.chosen.length === mayBeTaught;
  return (
    <Stack gap="xs" component="section" aria-labelledby="wordings-head">
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h5" id="wordings-head">
          {words.wordings}
        </Title>
        {canChoose && (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {words.chosen(choice.chosen.length, wordings.length)}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => choice.setAll(!areAllChosen)}>
              {areAllChosen ? words.selectNone : words.selectAll}
            </Button>
          </Group>
        )}
      </Group>
      {canChoose && (
        <Text size="sm" c="dimmed">
          {words.wordingsHint}
        </Text>
      )}
      <ul className="unanswered-wordings">
        {wordings.map((wording) => (
          <li key={wording.text}>
            {canChoose ? (
              <Checkbox
                checked={choice.chosen.includes(wording.text)}
                onChange={() => choice.toggle(wording.text)}
                label={wording.text}
                disabled={wording.personal !== null}
                {...(wording.personal === null ? {} : { error: personal[wording.personal] })}
                description={describe(wording)}
              />
            ) : (
              <>
                <Text>{wording.text}</Text>
                <Text size="xs" c="dimmed">
                  {describe(wording)}
                </Text>
              </>
            )}
          </li>
        ))}
      </ul>
      {canChoose && wordings.length > 1 && (
        <Switch
          checked={choice.holdsOut}
          onChange={(event) => choice.holdOut(event.currentTarget.checked)}
          label={words.holdOut}
          description={words.holdOutHint}
        />
      )}
    </Stack>
  );
}

function describe({ people, understood, text, proposed }: GroupWording): string {
  return [
    words.people(people),
    understood !== '' && understood !== text.toLocaleLowerCase('vi') ? words.understood(understood) : '',
    proposed === null ? '' : words.proposed(proposed),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}
