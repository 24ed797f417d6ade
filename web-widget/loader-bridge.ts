/** The host page's end of the bridge to the chat in its frame. */
import type { ToChat, ToHost } from './embed-protocol.ts';

/**
 * Says it now, or as soon as the chat listens; the last of each type is said again should the chat load anew. Not so
 * whether it is shown: whoever the chat is for must be known by then.
 */
export type Tell = (message: ToChat) => void;

/** @param hear is given what the chat says, and nothing that another window or another origin says */
export function openBridge(frame: HTMLIFrameElement, origin: string, hear: (said: ToHost) => void): Tell {
  const told = new Map<string, ToChat>();
  let listens = false;
  const post = (message: ToChat): void => frame.contentWindow?.postMessage(message, origin);

  window.addEventListener('message', ({ data, origin: from, source }: MessageEvent<ToHost | null>) => {
    if (!data || !source || source !== frame.contentWindow || from !== origin) return;
    if (data.type === 'vssid:ready') {
      listens = true;
      told.forEach(post);
    }
    hear(data);
  });

  return (message) => {
    if (message.type !== 'vssid:shown') {
      told.delete(message.type);
      told.set(message.type, message);
    }
    if (listens) post(message);
  };
}
