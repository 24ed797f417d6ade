import { describe, expect, it } from 'vitest';
import { cleanName } from '../../src/attachments/attachment.ts';

describe("a file's name", () => {
  it.each([
    ['Ảnh thẻ BHYT.PNG', 'image/png', 'Ảnh thẻ BHYT.PNG'],
    ['A\u0309nh.jpeg', 'image/jpeg', 'Ảnh.jpeg'],
    ['CCCD 079203004567.jpg', 'image/jpeg', 'CCCD •••.jpg'],
    ['0912 345 678.jpg', 'image/jpeg', '•••.jpg'],
    ['Screenshot 2026-11-29 12.34.56.png', 'image/png', 'Screenshot 2026-11-29 12.34.56.png'],
    ['IMG_20261129_123456.jpg', 'image/jpeg', 'IMG_20261129_123456.jpg'],
    ['../../etc/passwd', 'image/png', 'passwd.png'],
    ['C:\\Users\\Lan\\đơn.pdf', 'application/pdf', 'đơn.pdf'],
    ['hóa đơn.pdf.exe', 'application/pdf', 'hóa đơn.pdf.pdf'],
    ['trang.html', 'image/gif', 'trang.gif'],
    ['don\u202egnp.exe', 'image/png', 'dongnp.png'],
    ['a\r\nSet-Cookie: b"<c>.webp', 'image/webp', 'aSet-Cookie bc.webp'],
    ['  nhiều   chỗ \t trống .png', 'image/png', 'nhiều chỗ trống.png'],
    ['.htaccess', 'image/png', 'htaccess.png'],
    ['', 'image/jpeg', 'tep.jpg'],
    ['...', 'application/pdf', 'tep.pdf'],
    [`${'ả'.repeat(200)}.png`, 'image/png', `${'ả'.repeat(96)}.png`],
    ['\ud800.png', 'image/png', 'tep.png'],
  ] as const)('%j of a %s becomes %j', (name, type, cleaned) => {
    expect(cleanName(name, type)).toBe(cleaned);
  });
});
