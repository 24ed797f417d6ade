/** Numbers and addresses of persons as lists show them: enough to tell them apart, too little to use. */

/** "0912345678" → "091••••678" */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}${'•'.repeat(Math.max(3, phone.length - 6))}${phone.slice(-3)}`;
}

/** "nguyenvana@gmail.com" → "ng•••@gmail.com" */
export function maskEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, name.length > 3 ? 2 : 1)}•••@${domain}`;
}

export function maskContact<
  Contact extends { readonly phone: string | null; readonly email: string | null },
>({ phone, email }: Contact): { readonly phone: string | null; readonly email: string | null } {
  return {
    phone: phone === null ? null : maskPhone(phone),
    email: email === null ? null : maskEmail(email),
  };
}
