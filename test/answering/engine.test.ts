import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decision, Engine } from '../../src/answering/engine.ts';
import { asTelex, asVni, withoutAccents } from '../../src/corpus/ways-of-typing.ts';
import { trainedCorpus } from '../support/corpus.ts';

let engine: Engine;
beforeAll(async () => {
  ({ engine } = await trainedCorpus());
});

function offers(decision: Decision): string[] {
  return decision.candidates.map(({ intent }) => intent);
}

describe('one question however it is typed', () => {
  const question = 'Quên mật khẩu VssID, lấy lại qua email thế nào?';
  it.each([
    ['as written', question],
    ['without accents', withoutAccents(question)],
    ['in capitals', question.toUpperCase()],
    ['decomposed (NFD)', question.normalize('NFD')],
    ['as raw Telex keys', asTelex(question)],
    ['as raw VNI keys', asVni(question)],
    ['partly as Telex keys', 'quên maatj khaaur vssid lấy lại qua email the nao'],
    ['in chat spelling', 'quen mk vssid lm sao lay lai qua mail'],
    ['with slips', 'quyên mật khẫu vsid, lấy lai qua emai the nào'],
    ['without spaces', 'quenmatkhau vssid laylai qua email the nao'],
    ['with stretched letters and emoji', 'quên mật khẩu rồiiii 😭😭 lấy lại qua email sao'],
  ])('%s', (_way, typed) => {
    expect(offers(engine.decide(typed))[0]).toBe('password.email');
  });

  it('says what it read, with accents', () => {
    expect(engine.decide('quen mk vssid lm sao lay lai qua mail').understood).toBe(
      'quên mật khẩu vssid làm sao lấy lại qua mail',
    );
    expect(engine.decide('maatj khaaur').understood).toBe('mật khẩu');
  });

  it('lets typed accents count', () => {
    const read = (text: string) => engine.decide(text).understood;
    expect(read('thẻ')).toBe('thẻ');
    expect(read('thế')).toBe('thế');
  });
});

describe('the decision', () => {
  it('answers what it is sure of', () => {
    expect(engine.decide('nhắn tin 8079 báo số điện thoại và mã số bhxh không khớp')).toMatchObject({
      decision: 'answer',
      intent: 'password.sms-mismatch',
    });
  });

  it('asks back between Android and iPhone when no platform is named', () => {
    const decision = engine.decide('cài vssid như thế nào');
    expect(decision).toMatchObject({ decision: 'clarify', intent: null });
    expect(offers(decision)).toEqual(expect.arrayContaining(['install.android', 'install.ios']));
  });

  it.each([
    ['ios', 'install.ios'],
    ['android', 'install.android'],
  ] as const)('does not offer the other platform’s steps on %s', (platform, intent) => {
    expect(offers(engine.decide('cài vssid như thế nào', { platform }))[0]).toBe(intent);
  });

  it('yields both intents of a message with two questions', () => {
    const decision = engine.decide(
      'thẻ bhyt hết hạn chưa xem ở đâu? với lại tôi muốn đổi số điện thoại đăng ký',
    );
    expect(decision.decision).toBe('clarify');
    expect(offers(decision).slice(0, 2).sort()).toEqual(['card.validity', 'features.update-profile']);
  });

  it.each([
    'thời tiết hôm nay thế nào',
    'lương hưu của tôi được bao nhiêu',
    'kết quả bóng đá tối qua',
    'asdkjh qwoeiu zxmcn',
  ])('does not know: %s', (text) => {
    expect(engine.decide(text)).toMatchObject({ decision: 'unknown', intent: null });
  });

  it('leans on the conversation for a short follow-up, but only then', () => {
    const alone = engine.decide('thế không có email thì sao');
    const after = engine.decide('thế không có email thì sao', { lastIntent: 'password.forgot' });
    const share = (decision: Decision) =>
      decision.candidates.find(({ intent }) => intent === 'password.no-email')?.confidence ?? 0;
    expect(share(after)).toBeGreaterThan(share(alone));
    const sure = 'tôi muốn tra cứu bệnh viện nhận bảo hiểm y tế ở Cần Thơ';
    expect(engine.decide(sure, { lastIntent: 'password.forgot' })).toMatchObject({
      intent: 'lookup.health-facility',
    });
  });

  it('always lists the best few candidates in order, without the out-of-scope intent', () => {
    for (const text of ['quên mật khẩu', 'thời tiết', 'cài app', '8079']) {
      const { decision, candidates } = engine.decide(text);
      if (decision === 'clarify') expect(candidates.length).toBeGreaterThan(0);
      else expect(candidates).toHaveLength(3);
      expect(offers({ candidates } as Decision)).not.toContain('none');
      const scores = candidates.map(({ confidence }) => confidence);
      expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    }
  });

  it.each(['Cảm ơn ad nhiều ạ.', 'Em cảm ơn anh chị nhiều!', 'Chào bạn nhé.'])(
    'is not led astray by politeness: %s',
    (polite) => {
      expect(engine.decide(`Tôi quên mật khẩu rồi, lấy lại qua email thế nào? ${polite}`)).toMatchObject({
        decision: 'answer',
        intent: 'password.email',
      });
    },
  );

  it('does not put accents on what was typed with accents', () => {
    expect(engine.decide('Từ tháng trước đến nay tôi chưa nhận được mật khẩu').understood).toContain(
      'đến nay',
    );
  });

  it('is the same every time', () => {
    expect(engine.decide('lấy lại mật khẩu')).toEqual(engine.decide('lấy lại mật khẩu'));
  });
});

describe('secrets and personal numbers', () => {
  it('are marked, and never read on', () => {
    const text = 'mật khẩu của tôi là Hanoi@1990 sao không đăng nhập được, sđt 0987 654 321';
    const decision = engine.decide(text, { explain: true });
    expect(decision.redactions.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([
      ['password', 'Hanoi@1990'],
      ['phone', '0987 654 321'],
    ]);
    const { words = [], features = [] } = decision.explain ?? {};
    const shown = [
      decision.understood,
      ...words.map(({ word }) => word),
      ...features.map(({ feature }) => feature),
    ];
    expect(shown.join(' ')).not.toMatch(/hanoi|1990|987|654|321/i);
  });
});

describe('explaining', () => {
  it('names the words as read, what spoke for the intent, and the nearest phrases', () => {
    const { explain } = engine.decide('quen mk', { explain: true });
    expect(explain?.words.map(({ word }) => word)).toEqual(['quên', 'mật', 'khẩu']);
    expect(explain?.features[0]?.weight).toBeGreaterThan(0);
    expect(explain?.phrases[0]).toMatchObject({ intent: 'password.forgot' });
  });

  it('is left out unless asked for', () => {
    expect(engine.decide('quên mật khẩu')).not.toHaveProperty('explain');
  });
});

it('survives any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { confidence, candidates } = engine.decide(text);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(candidates.length).toBeGreaterThan(0);
    }),
    { numRuns: 300, seed: 20261121 },
  );
});
