/** What each device is to say: typed as people type, without numbers, never asking for a person. */
import { withoutAccents, withSlips } from '../../src/corpus/ways-of-typing.ts';
import type { Plan } from './plan.ts';

export interface Line {
  readonly clientId: string;
  readonly text: string;
  /** As the desk is to keep it: numbers of persons are covered. */
  readonly kept: string;
  readonly platform?: 'android' | 'ios';
  /** How often the command is given at the same moment. */
  readonly copies: 1 | 2;
  /** After it was acknowledged the command is given once more, as if the acknowledgement had not come. */
  readonly sentAgain: boolean;
}

export interface ContactScript {
  readonly name: string;
  /** Of each of its devices. */
  readonly devices: readonly (readonly Line[])[];
  /** How many tickets come of it. */
  readonly tickets: number;
}

type Random = () => number;

/** As the dialogue asks: to whom, when, what about, and whether it is right so. */
const PHONE = '0912345678';
const KEPT_PHONE = '•••••••678';
const CALLBACK = ['Yêu cầu gọi lại', PHONE, 'Buổi sáng', 'em bị sai ngày sinh trên thẻ', 'Đồng ý'];

/** @param phrases by intent */
export function writeScripts(
  plan: Pick<Plan, 'clients' | 'twoDevicesEvery' | 'messages' | 'twiceEvery' | 'callbackEvery'>,
  phrases: ReadonlyMap<string, readonly string[]>,
  random: Random,
): ContactScript[] {
  const { clients, twoDevicesEvery, messages, twiceEvery, callbackEvery } = plan;
  const questions = [...phrases]
    .filter(([intent]) => intent !== 'support.callback')
    .flatMap(([, all]) => all)
    .filter((text) => !/\d/.test(text));
  const draw = <One>(from: readonly One[]): One => from[Math.floor(random() * from.length)]!;
  const ask = (): string => {
    const text = draw(questions);
    return draw([text, withoutAccents(text), withSlips(text, random)]);
  };
  const line = (text: string, at: number, device: string): Line => {
    const platform = draw([undefined, 'android', 'ios'] as const);
    return {
      clientId: `${device}-message-${at}`,
      text,
      kept: text === PHONE ? KEPT_PHONE : text,
      ...(platform === undefined ? {} : { platform }),
      copies: random() < 1 / twiceEvery ? 2 : 1,
      sentAgain: random() < 1 / twiceEvery,
    };
  };

  const scripts: ContactScript[] = [];
  const share = (device: number): number =>
    Math.floor((messages * (device + 1)) / clients) - Math.floor((messages * device) / clients);
  for (let device = 0; device < clients; ) {
    const contact = scripts.length;
    const count = contact % twoDevicesEvery === 1 && device + 1 < clients ? 2 : 1;
    // Between two devices the dialogue would be torn apart.
    const calls = count === 1 && contact % callbackEvery === 0 && share(device) >= CALLBACK.length;
    const devices = Array.from({ length: count }, (_, at) => {
      const length = share(device + at);
      const texts = Array.from({ length: length - (calls ? CALLBACK.length : 0) }, ask);
      if (calls) texts.splice(Math.floor(random() * (texts.length + 1)), 0, ...CALLBACK);
      return texts.map((text, index) => line(text, index, `device-${device + at}`));
    });
    device += count;
    scripts.push({ name: `contact-${contact}`, devices, tickets: calls ? 1 : 0 });
  }
  return scripts;
}
