/** Did the answer help? One tap; after a no, one more says why. */
import type { RatingReason } from '../../src/contracts/chat.ts';
import { button, element, icon } from '../element.ts';
import { AGENT_AFTER_BAD_ANSWER, type ViewContext } from './context.ts';
import { ICONS } from './icons.ts';

export interface Rating {
  readonly box: HTMLElement;
  /** As the desk has it now. */
  readonly set: (helpful: boolean | null) => void;
}

const REASONS: readonly RatingReason[] = ['wrong', 'unclear', 'incomplete', 'did-not-work', 'other'];

export function createRating(seq: number, helpful: boolean | null, context: ViewContext): Rating {
  const copy = context.copy.rating;
  const box = element('div', { class: 'rating', role: 'group', 'aria-label': copy.question });
  /** What this person is doing with it just now; the desk's word does not disturb it. */
  let stage: 'rest' | 'busy' | 'why' | 'thanked' = 'rest';
  let known = helpful;

  const show = (...nodes: readonly (Node | string)[]): void => {
    const hadFocus = box.contains(document.activeElement);
    box.textContent = '';
    box.append(...nodes);
    if (hadFocus) {
      box.tabIndex = -1;
      box.focus({ preventScroll: true });
    }
  };
  const human = (): HTMLElement =>
    button(
      'chip strong',
      copy.human,
      () => context.send(copy.human, AGENT_AFTER_BAD_ANSWER),
      icon(ICONS.person),
    );

  const rest = (): void => {
    if (known !== null) show(element('p', { class: 'soft' }, known ? copy.wasHelpful : copy.wasNot));
    else
      show(
        element('p', { class: 'soft' }, copy.question),
        button('chip', copy.yes, () => void rate(true), icon(ICONS.thumbUp)),
        button('chip', copy.no, () => void rate(false), icon(ICONS.thumbDown)),
      );
  };
  const rate = async (liked: boolean): Promise<void> => {
    if (stage === 'busy') return;
    stage = 'busy';
    if (!(await context.rate(seq, liked))) {
      stage = 'rest';
      return context.say(copy.failed);
    }
    if (liked) thank();
    else {
      stage = 'why';
      show(
        element('p', {}, copy.why),
        ...REASONS.map((reason) =>
          button('chip', copy.reasons[reason], () => {
            void context.rate(seq, false, reason);
            thank(human());
          }),
        ),
        human(),
      );
    }
  };
  const thank = (...more: readonly HTMLElement[]): void => {
    stage = 'thanked';
    show(element('p', { class: 'soft' }, copy.thanks), ...more);
  };

  rest();
  return {
    box,
    set(next) {
      if (next === known) return;
      known = next;
      if (stage === 'rest') rest();
    },
  };
}
