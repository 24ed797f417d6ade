/** Programs that most people never need: files of their own, loaded when they are first wanted. */
import { deskUrl } from './desk-api.ts';

const failures = new Map<string, number>();

/**
 * @param name of the file, beside the chat
 * @throws when it cannot be had: there may be no network
 */
export async function loadLater<Module>(name: string): Promise<Module> {
  const before = failures.get(name) ?? 0;
  const url = deskUrl(name);
  // Browsers remember that an address failed, and would not ask for it again before the page is loaded anew.
  if (before > 0) url.search = `again=${before}`;
  try {
    return (await import(url.href)) as Module;
  } catch (error) {
    failures.set(name, before + 1);
    throw error;
  }
}
