import { Button } from '@mantine/core';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayFailed } from '../../shell/notices.ts';
import { AuthCard } from './auth-card.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';

/** A one-time password opens this door only. */
export function ChangePasswordScreen() {
  const { signOut } = useSession();
  return (
    <AuthCard title={copy.password.changeTitle} lead={copy.password.changeLead}>
      <ChangePasswordForm currentLabel={copy.password.oneTime} />
      <Button variant="subtle" onClick={() => void signOut().catch(sayFailed)}>
        {copy.ownMenu.signOut}
      </Button>
    </AuthCard>
  );
}
