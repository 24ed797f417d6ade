/** Secrets that a test plants through every door, and the search for them in all that a desk keeps and says. */
import { Binary, EJSON } from 'bson';
import type { MongoClient } from 'mongodb';

export type SecretKind = 'password' | 'otp' | 'nationalId' | 'bhxhNumber' | 'phone' | 'email';

export interface Planted {
  readonly door: string;
  readonly kind: SecretKind;
  readonly value: string;
}

export interface Planter {
  /** A text as people write it that holds one of each kind, made for this door alone. */
  readonly textFor: (door: string, kinds?: readonly SecretKind[]) => string;
  /** One value alone. */
  readonly valueFor: (door: string, kind: SecretKind) => string;
  readonly planted: readonly Planted[];
}

const ALL: readonly SecretKind[] = ['password', 'otp', 'nationalId', 'bhxhNumber', 'phone', 'email'];
const SENTENCES: Readonly<Record<SecretKind, (value: string) => string>> = {
  password: (value) => `mật khẩu của tôi là ${value}`,
  otp: (value) => `mã OTP là ${value}`,
  nationalId: (value) => `số căn cước công dân ${value}`,
  bhxhNumber: (value) => `mã số BHXH ${value}`,
  phone: (value) => `số điện thoại ${value}`,
  email: (value) => `email ${value}`,
};

/** Each value names its door: whichever is found, it is known where it came in. */
export function createPlanter(): Planter {
  const planted: Planted[] = [];
  let count = 0;
  const valueFor = (door: string, kind: SecretKind): string => {
    count += 1;
    const number = String(100 + count);
    const values: Readonly<Record<SecretKind, string>> = {
      password: `Xk9#m${number}Qz!t`,
      otp: `7${number}59`.padEnd(6, '4').slice(0, 6),
      nationalId: `07920${number}4561`,
      bhxhNumber: `79${number}34862`,
      phone: `0912${number}758`,
      email: `nguoi.dan.${number}@thu.example.vn`,
    };
    planted.push({ door, kind, value: values[kind] });
    return values[kind];
  };
  return {
    planted,
    valueFor,
    textFor: (door, kinds = ALL) => kinds.map((kind) => SENTENCES[kind](valueFor(door, kind))).join(', '),
  };
}

/** A place where something is kept or said, and all its bytes as text. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Every collection, with the bytes of its binary fields; files are places of their own. */
export async function readWholeStore(client: MongoClient): Promise<Place[]> {
  const places: Place[] = [];
  for (const { name } of await client.db().listCollections({}, { nameOnly: true }).toArray()) {
    let text = '';
    for await (const document of client.db().collection(name).find()) {
      text += `${EJSON.stringify(document)}\n`;
      for (const bytes of findBytes(document)) text += `${bytes.toString('latin1')}\n`;
    }
    places.push({ name, text });
  }
  return places;
}

function findBytes(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (value instanceof Binary || (value as { _bsontype?: string } | null)?._bsontype === 'Binary')
    return [Buffer.from((value as Binary).buffer)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(findBytes);
}

/** @returns what was found, one line each: the place, the door, the kind */
export function findPlanted(planted: readonly Planted[], places: readonly Place[]): string[] {
  return places.flatMap(({ name, text }) => {
    const close = text.replace(/(?<=\d)[ .-](?=\d)/g, '');
    return planted
      .filter(({ value }) => formsOf(value).some((form) => text.includes(form) || close.includes(form)))
      .map(({ door, kind }) => `${name}: ${kind} of ${door}`);
  });
}

/** As it was, in small letters, in the other notation of numbers, and as base64 at each of its three offsets. */
function formsOf(value: string): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const whole = Buffer.from('\0'.repeat(offset) + value).toString('base64');
    // What its neighbours have a part in is left out.
    return whole.slice(offset === 0 ? 0 : 4, -4);
  });
  return [
    value,
    value.toLowerCase(),
    encodeURIComponent(value),
    ...(value.startsWith('0') && value.length === 10 ? [`84${value.slice(1)}`] : []),
    ...encoded.filter((part) => part.length >= 6),
  ];
}
