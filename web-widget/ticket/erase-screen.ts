/** Before personal data goes for good: what goes, what stays, and why. */
import { button, element } from '../element.ts';
import { copy } from './copy.ts';
import { answerFailure, type Context, type Open, type Screen } from './screen.ts';

const words = copy.erase;

export function createEraseScreen(context: Context, open: Open): Screen {
  const { api, drafts, uploads, go } = context;
  const { gone, stays } = words[open.ticket.kind === 'complaint' ? 'complaint' : 'other'];
  const heading = element('h2', { tabindex: '-1' }, words.heading);
  const status = element('p', { class: 'status', role: 'status' });
  const confirm = button('solid danger', words.confirm, async () => {
    confirm.disabled = true;
    status.textContent = copy.sending;
    const answer = await api.erase(open.token);
    confirm.disabled = false;
    if ('body' in answer) {
      drafts.information(open.code).clear();
      uploads.clear();
      return go.lookup('', words.done);
    }
    status.textContent = answerFailure(context, open, answer.failure, copy.notRead);
  });
  return {
    heading,
    box: element(
      'section',
      { class: 'card' },
      heading,
      element('p', {}, gone),
      element('p', {}, stays),
      element('p', {}, words.after),
      element(
        'div',
        { class: 'row' },
        button('wide', words.cancel, () => go.show(open.ticket, '')),
        confirm,
      ),
      status,
    ),
  };
}
