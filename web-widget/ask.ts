/** The ask page: builds it and puts its parts together. */
import { fetchFaq } from './api.ts';
import { createComposer } from './composer.ts';
import { createConversation } from './conversation.ts';
import { COPY } from './copy.vi.ts';
import { element, heading, icon } from './element.ts';
import { createPlatformChoice } from './platform.ts';
import { renderChoices, type Topics } from './render-answer.ts';

const MOST_ASKED = [
  'password.forgot',
  'register.steps',
  'login.otp',
  'card.use',
  'register.child',
  'support.hotline',
];
const SHIELD = 'M12 2 4 5v6c0 5 3.4 9.4 8 11 4.6-1.6 8-6 8-11V5zM12 7v6m0 3v.5';

let topics: Topics = [];
/** Fetched once; after a failure the next need tries again. */
async function loadTopics(): Promise<Topics> {
  if (topics.length > 0) return topics;
  const reply = await fetchFaq();
  if (reply.ok) topics = reply.value.topics;
  return topics;
}

async function showMostAsked(place: HTMLElement): Promise<void> {
  const entries = (await loadTopics()).flatMap((topic) => topic.entries);
  const mostAsked = MOST_ASKED.flatMap((id) => entries.filter((entry) => entry.id === id));
  if (mostAsked.length > 0) {
    place.append(element('p', {}, COPY.mostAsked), renderChoices(mostAsked, conversation.open));
  }
}

const platform = createPlatformChoice();
const composer = createComposer((text) => conversation.ask(text));
const conversation = createConversation({ composer, platform: platform.current, loadTopics });

const notice = element('span', { id: 'notice' }, COPY.notice);
const header = element(
  'div',
  { class: 'column' },
  heading('h1', COPY.title),
  element('p', {}, COPY.tagline),
  element('p', { class: 'notice' }, icon(SHIELD), notice),
);
const mostAsked = element('div', { class: 'most-asked' });
const main = element(
  'main',
  { class: 'column' },
  platform.box,
  heading('h2', COPY.greeting),
  mostAsked,
  conversation.box,
);
document.body.textContent = '';
document.body.append(element('header', {}, header), main, composer.box);
composer.start();
void showMostAsked(mostAsked);
