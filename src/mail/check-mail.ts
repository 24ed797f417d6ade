/** Whether the mail servers let the desk in; nothing is sent or read. */
import { createTransport } from 'nodemailer';
import { openInbox, parseImapUrl } from './inbox.ts';

const PATIENCE_MS = 10_000;

/** @returns null: the server is there and takes the password; else why not, without secrets */
export async function checkSmtp(url: string): Promise<string | null> {
  const patience = {
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  };
  const transport = createTransport(url, patience as Parameters<typeof createTransport>[1]);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    transport.close();
  }
}

/** @returns null: the folder can be opened; else why not, without secrets */
export async function checkImap(url: string): Promise<string | null> {
  try {
    const inbox = await openInbox(parseImapUrl(url), () => undefined);
    await inbox.close();
    return null;
  } catch (error) {
    const { message, responseText } = error as Error & { responseText?: string };
    return responseText ?? message;
  }
}
