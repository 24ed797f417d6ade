/** Phone numbers and e-mail addresses as people type them, judged before anything is sent. The desk judges again. */

/** National form, such as 0912345678; null: it is none. */
export function readPhone(typed: string): string | null {
  const digits = typed.replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9,10}$)/, '0');
  return /^0\d{9,10}$/.test(digits) ? digits : null;
}

export function readEmail(typed: string): string | null {
  const address = typed.trim();
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(address) ? address : null;
}

export function readContact(typed: string): string | null {
  return typed.includes('@') ? readEmail(typed) : readPhone(typed);
}
