import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerResponse, errorBody, faqEntry, faqList } from '../../src/contracts/answers.ts';
import { ERROR_CODES, type ErrorCode } from '../../src/contracts/error-codes.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';

let desk: RunningDesk;
let url: string;

beforeAll(async () => {
  desk = await startDesk();
  url = desk.url;
});
afterAll(() => desk?.stop());

function post(
  body: string | Uint8Array<ArrayBuffer>,
  contentType = 'application/json',
  query = '',
): Promise<Response> {
  return fetch(`${url}/api/v1/answers${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': contentType },
  });
}

async function ask(request: object, query = '') {
  const response = await post(JSON.stringify(request), 'application/json', query);
  expect(response.status).toBe(200);
  return answerResponse.parse(await response.json());
}

describe('POST /api/v1/answers', () => {
  it('answers with the entry, its sources and related entries', async () => {
    const { decision, intent, answer, candidates } = await ask({
      text: 'quen mk vssid lm sao lay lai qua mail',
    });
    expect({ decision, intent }).toEqual({ decision: 'answer', intent: 'password.email' });
    expect(answer?.markdown).toMatch(/1\. Mở VssID/);
    expect(answer?.sources).toEqual([
      'BHXH TP. Hồ Chí Minh, Hướng dẫn cài đặt, sử dụng VssID và lấy lại mật khẩu (11/2021)',
    ]);
    expect(answer?.related.length).toBeGreaterThan(1);
    expect(candidates[0]?.title).toBe(answer?.title);
  });

  it('shows the steps of the platform asked for', async () => {
    const text = 'tải vssid bằng mã qr';
    const [android, ios] = await Promise.all([
      ask({ text, platform: 'android' }),
      ask({ text, platform: 'ios' }),
    ]);
    expect(android.answer?.markdown).toContain('Google Play');
    expect(ios.answer?.markdown).toContain('App Store');
  });

  it('answers flows and small talk with their opening text', async () => {
    expect((await ask({ text: 'cho tôi gặp nhân viên' })).answer?.id).toBe('support.agent');
    expect((await ask({ text: 'xin chào' })).answer?.id).toBe('smalltalk.greeting');
  });

  it('finds entities and says what must be masked', async () => {
    const text = 'sdt 0987654321 quên mật khẩu trên iphone';
    const { entities, redactions } = await ask({ text });
    expect(entities.map(({ type, value }) => [type, value])).toEqual([
      ['phone', '0987654321'],
      ['platform', 'ios'],
    ]);
    expect(redactions).toEqual([{ type: 'phone', start: 4, end: 14 }]);
  });

  it('explains itself when asked', async () => {
    expect((await ask({ text: 'quên mật khẩu' }, '?explain=1')).explain?.phrases[0]?.similarity).toBe(1);
    expect((await ask({ text: 'quên mật khẩu' })).explain).toBeUndefined();
  });

  const json = (text: unknown) => JSON.stringify({ text });
  const cases: [string, ErrorCode, () => Promise<Response>][] = [
    ['no text', 'text_required', () => post('{}')],
    ['an empty text', 'text_required', () => post(json(''))],
    ['only white space', 'text_required', () => post(json(' \n\t '))],
    ['a number for a text', 'text_required', () => post(json(8079))],
    ['2,001 characters', 'text_too_long', () => post(json('a'.repeat(2001)))],
    ['only emoji', 'text_without_words', () => post(json('😀👍'))],
    ['only punctuation', 'text_without_words', () => post(json('?!... ---'))],
    ['a control character', 'text_malformed', () => post(json('quên\u0007 mật khẩu'))],
    ['a lone surrogate', 'text_malformed', () => post('{"text":"quên \\ud83d mật khẩu"}')],
    ['broken JSON', 'invalid_json', () => post('{"text": "quên')],
    ['a bare word for JSON', 'invalid_json', () => post('quên')],
    // "quên" as Latin-1 writes it, whole (the short way) and with a type that goes the whole way.
    ['letters that are not UTF-8', 'invalid_json', () => post(Buffer.from(json('quên'), 'latin1'))],
    [
      'letters that are not UTF-8, to the whole way',
      'invalid_json',
      () => post(Buffer.from(json('quên'), 'latin1'), 'application/json; charset="utf-8"'),
    ],
    ['JSON that is no object', 'invalid_request', () => post('null')],
    ['an array', 'invalid_request', () => post('[]')],
    ['an unknown platform', 'invalid_request', () => post('{"text":"a","platform":"symbian"}')],
    ['an unknown field', 'invalid_request', () => post('{"text":"a","user":"b"}')],
    ['plain text', 'unsupported_media_type', () => post('quên mật khẩu', 'text/plain')],
    ['a form', 'unsupported_media_type', () => post('text=a', 'application/x-www-form-urlencoded')],
    [
      'another character set',
      'unsupported_media_type',
      () => post(json('a'), 'application/json; charset=koi8-r'),
    ],
    ['no body', 'unsupported_media_type', () => fetch(`${url}/api/v1/answers`, { method: 'POST' })],
    ['a huge body', 'payload_too_large', () => post(json('a'.repeat(100_000)))],
    ['an unknown address', 'not_found', () => fetch(`${url}/api/v1/nothing`)],
    ['an address that cannot be decoded', 'invalid_request', () => fetch(`${url}/api/v1/faq/%E0%A4%A`)],
    ['a method that does not exist', 'method_not_allowed', () => fetch(`${url}/api/v1/answers`)],
    ['an unknown FAQ entry', 'faq_not_found', () => fetch(`${url}/api/v1/faq/no.such`)],
    ['a dangerous name', 'faq_not_found', () => fetch(`${url}/api/v1/faq/__proto__`)],
  ];
  it.each(cases)('refuses %s with %s', async (_name, code, send) => {
    const response = await send();
    const { error } = errorBody.parse(await response.json());
    expect({ status: response.status, code: error.code, message: error.message }).toEqual({
      code,
      ...ERROR_CODES[code],
    });
  });

  it('tells which methods an address takes', async () => {
    const allowed = async (at: string) => (await fetch(url + at, { method: 'PUT' })).headers.get('allow');
    expect(await allowed('/api/v1/answers')).toBe('POST');
    expect(await allowed('/api/v1/faq')).toBe('GET, HEAD');
    expect(await allowed('/api/v1/faq/card.view')).toBe('GET, HEAD');
  });

  it('takes 2,000 characters of anything without failing', async () => {
    const texts = [
      'a'.repeat(2000),
      'quên '.repeat(400),
      'ơ'.normalize('NFD').repeat(666),
      '0'.repeat(2000),
      'aa1 '.repeat(500),
      'ữ'.repeat(2000),
      'mk tk dt '.repeat(222),
      'x@'.repeat(1000),
    ];
    for (const text of texts) expect((await post(json(text))).status).toBe(200);
  });
});

describe('the FAQ endpoints', () => {
  it('list every topic that has answers, small talk left out', async () => {
    const { topics } = faqList.parse(await (await fetch(`${url}/api/v1/faq`)).json());
    expect(topics.map(({ topic }) => topic)).toContain('Mật khẩu');
    expect(topics.flatMap(({ entries }) => entries)).toHaveLength(60);
  });

  it('give one entry in the wording for a platform', async () => {
    const get = async (query: string) =>
      faqEntry.parse(await (await fetch(`${url}/api/v1/faq/install.requirements${query}`)).json()).markdown;
    expect(await get('?platform=ios')).toContain('iOS 9.0');
    expect(await get('?platform=ios')).not.toContain('Android 4.1');
    expect(await get('')).toContain('Android 4.1');
  });
});

describe('the operator’s endpoints', () => {
  it('tell that the process is up and can serve', async () => {
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'up' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, reasons: [] });
  });

  it('describe the API, and show the description', async () => {
    const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining(['/api/v1/answers', '/api/v1/faq', '/api/v1/faq/{id}', '/healthz', '/readyz']),
    );
    expect((await fetch(`${url}/api/docs/`)).status).toBe(200);
  });

  it('send security headers', async () => {
    const { headers } = await fetch(`${url}/api/v1/faq`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
