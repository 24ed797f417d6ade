/** The demo page: its button opens the chat, also when somebody is faster than the loader. */
import type { HostPage } from '../loader-queue.ts';
import { followNotices } from '../notice/page-notices.ts';

const page = window as unknown as HostPage;

document.querySelector('button')?.addEventListener('click', () => {
  page.VssidHelpQueue ??= [];
  page.VssidHelpQueue.push((help) => help.open());
});

followNotices(document.body);
