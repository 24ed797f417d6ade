/** The demo page: its buttons open the chat, also when somebody is faster than the loader. */
import type { HostPage } from '../loader-queue.ts';

const page = window as unknown as HostPage;

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    page.VssidHelpQueue ??= [];
    page.VssidHelpQueue.push((help) => help.open());
  });
}
