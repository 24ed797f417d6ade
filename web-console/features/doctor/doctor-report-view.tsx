import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { DoctorReport } from '../../../src/contracts/corpus-doctor.ts';
import { words } from './copy.ts';
import type { PhraseFix } from './doctor-queries.ts';
import { Findings } from './findings.tsx';
import { EntryLink, type Fix, MisreadLine, PhraseLine } from './phrase-line.tsx';

const nameOf = (intent: string, text: string): string => `${intent} ${text}`;

/** @param fix changes a phrase in the draft; null: the person may not */
export function DoctorReportView(props: {
  readonly report: DoctorReport;
  readonly fix: ((fix: PhraseFix) => Promise<unknown>) | null;
}) {
  const { report } = props;
  const [fixed, setFixed] = useState<ReadonlySet<string>>(new Set());
  const isFixed = (intent: string, text: string): boolean => fixed.has(nameOf(intent, text));
  const change = props.fix;
  const fix: Fix =
    change &&
    ((one) => {
      // What went wrong is said by whoever changes it.
      change(one).then(
        () => setFixed((known) => new Set([...known, nameOf(one.from, one.text)])),
        () => undefined,
      );
    });

  return (
    <Stack gap="lg">
      <Findings
        title={words.sections.contradictions}
        hint={words.hints.contradictions}
        items={report.contradictions}
        keyOf={({ places }) => places.map(({ entry, value }) => `${entry} ${value}`).join()}
        show={({ places }) => (
          <Stack gap={6}>
            {places.map(({ entry, title, value, excerpt }) => (
              <Group key={entry} justify="space-between" gap="xs" align="flex-start">
                <Text size="sm" flex="1 1 240px">
                  <strong>{value}</strong>: {excerpt}
                </Text>
                <EntryLink intent={entry} title={title} />
              </Group>
            ))}
          </Stack>
        )}
      />
      <Findings
        title={words.sections.near}
        hint={words.hints.near}
        items={report.near}
        keyOf={({ one, other }) => nameOf(nameOf(one.intent, one.text), other.text)}
        show={({ one, other, likeness }) => (
          <Stack gap={6}>
            <PhraseLine
              phrase={one}
              facts={[words.likeness(likeness)]}
              near={other}
              // With one of the two gone, the other stands alone.
              fix={isFixed(other.intent, other.text) ? null : fix}
              isFixed={isFixed(one.intent, one.text)}
            />
            <PhraseLine
              phrase={other}
              facts={[]}
              near={one}
              fix={isFixed(one.intent, one.text) ? null : fix}
              isFixed={isFixed(other.intent, other.text)}
            />
          </Stack>
        )}
      />
      <Findings
        title={words.sections.confusable}
        hint={words.hints.confusable}
        items={report.confusable}
        keyOf={({ one, other }) => `${one.intent} ${other.intent}`}
        show={({ one, other, share, phrases }) => (
          <details className="doctor-pair">
            <summary>
              <strong>{words.pair(words.titleOf(one), words.titleOf(other))}</strong>
              <Text size="sm" c="dimmed" component="span">
                {words.pairCount(phrases.length, share)}
              </Text>
            </summary>
            <Stack gap={10} mt="sm">
              {phrases.map((phrase) => (
                <MisreadLine
                  key={phrase.text}
                  phrase={phrase}
                  fix={fix}
                  isFixed={isFixed(phrase.intent, phrase.text)}
                />
              ))}
            </Stack>
          </details>
        )}
      />
      <Findings
        title={words.sections.misread}
        hint={words.hints.misread}
        items={report.misread}
        keyOf={({ intent, text }) => nameOf(intent, text)}
        show={(phrase) => (
          <MisreadLine phrase={phrase} fix={fix} isFixed={isFixed(phrase.intent, phrase.text)} />
        )}
      />
      <Findings
        title={words.sections.thin}
        hint={words.hints.thin(report.enough)}
        items={report.thin}
        keyOf={({ intent }) => intent}
        show={({ intent, title, phrases }) => (
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {words.titleOf({ intent, title })} · {words.phrases(phrases)}
            </Text>
            <EntryLink intent={intent} title={title} />
          </Group>
        )}
      />
      <Findings
        title={words.sections.links}
        hint={words.hints.links}
        items={report.links}
        keyOf={({ entry, target }) => nameOf(entry, target)}
        show={({ entry, title, target, problem, status }) => (
          <Group justify="space-between" gap="xs" align="flex-start">
            <Text size="sm" flex="1 1 240px" className="console-anywhere">
              {words.link(target, problem, status)}
            </Text>
            <EntryLink intent={entry} title={title} />
          </Group>
        )}
        note={report.pagesChecked ? undefined : words.pagesNotChecked}
      />
    </Stack>
  );
}
