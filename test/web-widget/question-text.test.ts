import { describe, expect, test } from 'vitest';
import { coverSecrets, differentReading, secretsIn } from '../../web-widget/question-text.ts';

const span = (text: string, part: string, type: string) => {
  const start = text.indexOf(part);
  return { type, start, end: start + part.length };
};

describe('secrets', () => {
  test('are covered at their UTF-16 offsets, other numbers are not', () => {
    const text = '😀 mk Abc@1 otp 293132 sđt 0912345678';
    const redactions = [
      span(text, '293132', 'otp'),
      span(text, 'Abc@1', 'password'),
      span(text, '0912345678', 'phone'),
    ];
    expect(coverSecrets(text, redactions)).toBe('😀 mk •••• otp •••• sđt 0912345678');
    expect(secretsIn(redactions)).toEqual(['password', 'otp']);
  });

  test('that overlap or repeat stay covered', () => {
    const redactions = [
      { type: 'otp', start: 2, end: 4 },
      { type: 'password', start: 1, end: 6 },
      { type: 'password', start: 1, end: 6 },
    ];
    expect(coverSecrets('abcdefgh', redactions)).toBe('a••••gh');
  });
});

describe('how it was read', () => {
  test.each([
    ['quên mật khẩu', 'Quen MAT khau???'],
    ['đăng ký', 'dangky'],
    ['otp # sao không vào được', 'OTP 293132 sao khong vao duoc'],
    ['đăng ký', 'đăng ký'.normalize('NFD')],
  ])('"%s" is not worth showing for "%s"', (understood, typed) => {
    expect(differentReading(understood, typed)).toBeNull();
  });

  test('is shown when words differ, without the signs of the engine', () => {
    expect(differentReading('quên mật khẩu số #', 'quen mk so 12')).toBe('quên mật khẩu số …');
  });
});
