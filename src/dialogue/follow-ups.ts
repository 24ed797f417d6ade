/** Messages that mean something only after the last answer: "còn iPhone thì sao?", "thế không có email?". */
import { answer, entryChoices, findTwin, othersOf, type Platform, remember, type Scene } from './answers.ts';
import { copy } from './copy.ts';
import { FLOWS } from './flows/all-flows.ts';
import { beginFlow } from './flows/run-flow.ts';
import { offering, speak } from './reply.ts';
import { listen, type Said } from './said.ts';
import type { DialogueState } from './state.ts';
import type { Turn, Understanding } from './turn.ts';

/** Words round the one thing that a follow-up names. */
const AROUND: ReadonlySet<string> = new Set(
  `con the vay thi sao nhu nao doi voi tren dung may dien thoai toi minh em tui cua cho la neu voi o ben a ha duoc khong co cai ma
  bang oi anh chi ad da nhe dong loai hang he dieu hanh no tai ve lam bi va hay cung xai su dien gi roi bhxh bao hiem xa hoi co quan
  dia chi so tinh quan huyen muon hoi xem tim`.split(/\s+/),
);

/** Does the message name nothing but this entity? */
function namesOnly(said: Said, type: string): string | null {
  const named = said.entities.filter((entity) => entity.type === type);
  const [first] = named;
  if (first === undefined) return null;
  const rest = named.reduce((text, entity) => text.replace(entity.text, ' '), said.text);
  return listen(rest).words.every(({ folded }) => folded.split(' ').every((word) => AROUND.has(word)))
    ? first.value
    : null;
}

export function namedPlatform({ entities }: Said): Platform | null {
  const named = new Set(entities.filter(({ type }) => type === 'platform').map(({ value }) => value));
  const [platform] = named;
  return named.size === 1 && (platform === 'android' || platform === 'ios') ? platform : null;
}

/** The last answer for the other platform. */
export function followPlatform(
  state: DialogueState,
  said: Said,
  understanding: Understanding,
  scene: Scene,
): Turn | null {
  const platform = namedPlatform(said);
  if (platform === null || state.lastIntent === null || namesOnly(said, 'platform') === null) return null;
  return answerForPlatform(state, platform, understanding, scene);
}

export function answerForPlatform(
  state: DialogueState,
  platform: Platform,
  understanding: Understanding | null,
  { faq }: Scene,
): Turn | null {
  const last = state.lastIntent;
  const entry = last === null ? null : faq.find(last, platform);
  if (last === null || entry === null || entry.kind !== 'answer') return null;
  const scene: Scene = { faq, platform };
  const name = copy.platforms[platform];
  if (entry.onlyFor !== null && entry.onlyFor !== platform) {
    const twin = findTwin(last, entry.related, platform, understanding, scene);
    if (twin !== null) return answer(state, twin, [], scene);
    return speak(state, [copy.answer.otherPlatformUnknown(name)], offering(entryChoices(entry.related, 3)));
  }
  const isShown = state.lastPlatform === platform;
  if (entry.variesByPlatform && !isShown) return answer(state, last, state.others, scene);
  return speak(
    { ...remember(state, last, state.others, scene), times: state.times },
    [copy.answer.sameForPlatform(name)],
    offering(entryChoices(entry.related, 3)),
  );
}

/** "còn Củ Chi thì sao?" after an office was looked up. */
export function followPlace(state: DialogueState, said: Said): Turn | null {
  if (state.lastIntent !== 'lookup.office' || namesOnly(said, 'place') === null) return null;
  return beginFlow(state, FLOWS['lookup.office'], said);
}

const FOLLOWING = /^(?:(?:da|a|u|o|ok) )?(?:con|the|vay|neu|nhung|ma|lo|nho|rui)\b|\bthi sao$/;
/** A follow-up that stays near the last answer needs less certainty: set on the scripts of test/dialogue. */
const NEAR_ENOUGH = 0.3;
/** Of the best candidate's confidence. */
const SHARE = 0.5;

/** The one candidate near the last answer, which a follow-up means although it is not sure on its own. */
export function followTopic(
  state: DialogueState,
  said: Said,
  understanding: Understanding,
  scene: Scene,
): Turn | null {
  const { candidates, decision } = understanding;
  const last = state.lastIntent === null ? null : scene.faq.find(state.lastIntent, scene.platform);
  if (decision !== 'clarify' || !last || !FOLLOWING.test(said.folded)) return null;
  const least = Math.max(NEAR_ENOUGH, (candidates[0]?.confidence ?? 1) * SHARE);
  const near = candidates.filter(
    ({ intent, confidence }) =>
      confidence >= least &&
      last.related.some(({ id }) => id === intent) &&
      scene.faq.find(intent, scene.platform)?.kind === 'answer',
  );
  const [only] = near;
  return near.length === 1 && only !== undefined
    ? answer(state, only.intent, othersOf(understanding, only.intent), scene)
    : null;
}
