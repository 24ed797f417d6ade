import { expect, it } from 'vitest';
import { findWords } from '../../src/archive/find-words.ts';

const said = [
  { author: 'contact', text: 'Tôi quên mật khẩu VssID' },
  { author: 'bot', text: 'bấm vào Lấy lại' },
  { author: 'agent', text: 'Mật khẩu mới đã gửi' },
];
it.each([
  [['mat', 'khau'], 'Mật khẩu mới đã gửi'],
  [['quen', 'mat', 'kh'], 'Tôi quên mật khẩu VssID'],
  // Words may stand in different messages; what the bot says is the same everywhere.
  [['quen', 'gui'], 'Mật khẩu mới đã gửi'],
  [['lay', 'lai'], null],
  // Only the last one may be a beginning.
  [['kh', 'mat'], null],
  [['lan'], ''],
  [['lan', 'quen'], 'Tôi quên mật khẩu VssID'],
])('of %j it shows %j', (words, text) => {
  expect(findWords(said, words, ['lan'])).toBe(text);
});
