import { Stack, Table } from '@mantine/core';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { Page } from '../../shell/page.tsx';
import { Section } from '../../shell/section.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TotpSection } from './totp-section.tsx';

const words = copy.profile;

/** The person's own account: who the desk takes them for, and what keeps others out. */
export function ProfileScreen() {
  const { account } = useSession();
  const facts = [
    [words.name, account.name],
    [words.email, account.email],
    [words.role, copy.roles[account.role]],
    [words.skills, account.skills.join(', ') || words.noSkills],
    [words.capacity, String(account.capacity)],
  ] as const;
  return (
    <Page title={words.title} width={760}>
      <Stack gap="lg">
        <Section title={words.about} hint={words.aboutHint}>
          <Table variant="vertical" withRowBorders={false} verticalSpacing={6}>
            <Table.Tbody>
              {facts.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th w={180} scope="row">
                    {name}
                  </Table.Th>
                  <Table.Td>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Section>
        <Section title={words.password}>
          <ChangePasswordForm currentLabel={copy.password.current} />
        </Section>
        <TotpSection />
        <SessionsSection />
      </Stack>
    </Page>
  );
}
