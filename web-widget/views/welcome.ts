/** What a person sees who has not asked anything yet. */
import type { FaqList } from '../../src/contracts/answers.ts';
import { button, element, icon } from '../element.ts';
import { AGENT_CHOICE, choiceOfEntry, type ViewContext } from './context.ts';
import { ICONS } from './icons.ts';
import { renderChoices } from './message-row.ts';

export interface Welcome {
  readonly box: HTMLElement;
  readonly setFaq: (faq: FaqList) => void;
}

const MOST_ASKED = [
  'password.forgot',
  'register.steps',
  'login.otp',
  'card.use',
  'register.child',
  'support.hotline',
];

export function createWelcome(context: ViewContext): Welcome {
  const { copy, send } = context;
  const questions = element('div', { class: 'most-asked' });
  const box = element(
    'section',
    { class: 'welcome' },
    element('h2', {}, copy.welcome.greeting),
    element('p', {}, copy.welcome.intro),
    element('p', { class: 'notice' }, icon(ICONS.shield), element('span', {}, copy.welcome.notice)),
    questions,
    button(
      'choice human',
      copy.welcome.human,
      () => send(copy.welcome.human, AGENT_CHOICE),
      icon(ICONS.person),
    ),
    button('choice human', copy.voice.title, context.call, icon(ICONS.phone)),
  );
  return {
    box,
    setFaq({ topics }) {
      const entries = topics.flatMap((topic) => topic.entries);
      const mostAsked = MOST_ASKED.flatMap((id) => entries.filter((entry) => entry.id === id));
      questions.textContent = '';
      if (mostAsked.length === 0) return;
      const choices = mostAsked.map(({ id, title }) => ({ id: choiceOfEntry(id), label: title }));
      questions.append(element('h3', {}, copy.welcome.mostAsked), renderChoices(choices, context));
    },
  };
}
