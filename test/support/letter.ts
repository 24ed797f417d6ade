/** Mails as citizens write them, for a mailbox of a test. */

/** What a citizen's mail program sends. */
export interface Letter {
  readonly id: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** Left out: plain text. */
  readonly type?: 'text/plain' | 'text/html';
  readonly headers?: readonly string[];
  readonly file?: { readonly name: string; readonly content: Buffer };
}

/** A letter as it travels. */
export function writeLetter({
  id,
  from,
  subject,
  text,
  type = 'text/plain',
  headers = [],
  file,
}: Letter): string {
  const head = [
    `Message-ID: ${id}`,
    `From: ${from}`,
    'To: hotro@bhxh.example',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'Date: Mon, 30 Nov 2026 09:00:00 +0700',
    'MIME-Version: 1.0',
    ...headers,
  ];
  const body = [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', ''];
  const words = Buffer.from(text).toString('base64');
  if (file === undefined) return [...head, ...body, words].join('\r\n');
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary=teil',
    '',
    '--teil',
    ...body,
    words,
    '--teil',
    `Content-Type: image/png; name="${file.name}"`,
    `Content-Disposition: attachment; filename="${file.name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    file.content.toString('base64'),
    '--teil--',
  ].join('\r\n');
}
