import {
  Checkbox,
  Fieldset,
  MultiSelect,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { BannerLevel } from '../../../src/contracts/incidents.ts';
import { words as all } from './copy.ts';
import type { EndsIn, Faults, IncidentForm } from './incident-form.ts';
import { useIncidentIntents } from './incident-queries.ts';
import { LONGEST_BANNER, LONGEST_PIN, LONGEST_TITLE } from './limits.ts';
import { AnswerPreview, BannerPreview } from './previews.tsx';

const words = all.form;

export interface IncidentFieldsProps {
  readonly form: IncidentForm;
  readonly change: (part: Partial<IncidentForm>) => void;
  readonly faults: Faults;
}

export function IncidentFields(props: IncidentFieldsProps) {
  const { form, change, faults } = props;
  const seesAnswer = form.hasAnswer && form.markdown.trim() !== '';
  const seesBanner = form.hasBanner && form.bannerText.trim() !== '';
  return (
    <>
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={faults.title}
        maxLength={LONGEST_TITLE}
        data-autofocus
      />
      <AffectedFields {...props} />
      <AnswerFields {...props} />
      <BannerFields {...props} />
      <EndFields {...props} />
      {(seesAnswer || seesBanner) && (
        <Fieldset legend={words.preview}>
          <Stack gap="sm">
            {seesBanner && <BannerPreview text={form.bannerText} level={form.level} />}
            {seesAnswer && <AnswerPreview markdown={form.markdown} place={form.place} />}
          </Stack>
        </Fieldset>
      )}
    </>
  );
}

function AffectedFields({ form, change, faults }: IncidentFieldsProps) {
  const { data } = useIncidentIntents();
  const groups = (data?.topics ?? []).map(({ topic, intents }) => ({
    group: topic,
    items: intents.map(({ id, title }) => ({ value: id, label: title })),
  }));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} id="incident-affects">
        {words.affects}
      </Text>
      <SegmentedControl
        aria-labelledby="incident-affects"
        value={form.all ? 'all' : 'some'}
        onChange={(value) => change({ all: value === 'all' })}
        data={[
          { value: 'some', label: words.some },
          { value: 'all', label: words.all },
        ]}
      />
      {!form.all && (
        <MultiSelect
          label={words.intents}
          placeholder={words.intentsHint}
          data={groups}
          value={[...form.intents]}
          onChange={(intents) => change({ intents })}
          error={faults.affects}
          nothingFoundMessage={words.intentsNone}
          searchable
          hidePickedOptions
          maxDropdownHeight={280}
        />
      )}
    </Stack>
  );
}

function AnswerFields({ form, change, faults }: IncidentFieldsProps) {
  return (
    <Stack gap="xs">
      <Checkbox
        label={words.answer}
        description={words.answerHint}
        checked={form.hasAnswer}
        onChange={(event) => change({ hasAnswer: event.currentTarget.checked })}
        error={form.hasAnswer ? undefined : faults.answer}
      />
      {form.hasAnswer && (
        <>
          <Textarea
            label={words.markdown}
            description={words.markdownHint}
            value={form.markdown}
            onChange={(event) => change({ markdown: event.currentTarget.value })}
            error={faults.answer}
            errorProps={{ className: 'console-lines' }}
            maxLength={LONGEST_PIN}
            autosize
            minRows={3}
            maxRows={10}
          />
          <NativeSelect
            label={words.place}
            value={form.place}
            onChange={(event) => change({ place: event.currentTarget.value as IncidentForm['place'] })}
            data={[
              { value: 'above', label: words.places.above },
              { value: 'instead', label: words.places.instead },
            ]}
          />
        </>
      )}
    </Stack>
  );
}

function BannerFields({ form, change, faults }: IncidentFieldsProps) {
  return (
    <Stack gap="xs">
      <Checkbox
        label={words.banner}
        description={words.bannerHint}
        checked={form.hasBanner}
        onChange={(event) => change({ hasBanner: event.currentTarget.checked })}
      />
      {form.hasBanner && (
        <>
          <Textarea
            label={words.bannerText}
            description={words.bannerTextHint}
            value={form.bannerText}
            onChange={(event) => change({ bannerText: event.currentTarget.value })}
            error={faults.banner}
            maxLength={LONGEST_BANNER}
            autosize
            minRows={2}
            maxRows={5}
          />
          <NativeSelect
            label={words.level}
            value={form.level}
            onChange={(event) => change({ level: event.currentTarget.value as BannerLevel })}
            data={[
              { value: 'warning', label: words.levels.warning },
              { value: 'info', label: words.levels.info },
            ]}
          />
        </>
      )}
    </Stack>
  );
}

function EndFields({ form, change, faults }: IncidentFieldsProps) {
  return (
    <Stack gap="xs">
      <NativeSelect
        label={words.ends}
        value={form.endsIn}
        onChange={(event) => change({ endsIn: event.currentTarget.value as EndsIn })}
        data={Object.entries(words.endsIn)
          .sort(([one], [other]) => placeOf(one) - placeOf(other))
          .map(([value, label]) => ({ value, label }))}
      />
      {form.endsIn === 'at' && (
        <TextInput
          type="datetime-local"
          label={words.endsAt}
          value={form.endsAt}
          onChange={(event) => change({ endsAt: event.currentTarget.value })}
          error={faults.endsAt}
        />
      )}
    </Stack>
  );
}

const ORDER: readonly string[] = ['never', '60', '120', '240', '480', 'at'] satisfies readonly EndsIn[];
const placeOf = (value: string): number => ORDER.indexOf(value);
