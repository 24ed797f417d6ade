/**
 * Proof of work: numbers are to be found whose hashes begin with zeros. Nothing is kept of what is posed: the desk
 * signs it and knows its signature again, on every node.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Challenger } from './challenge.ts';

export interface ProofOfWorkDeps {
  /** Each part is found after 2^bits tries on average; several parts take about the same time on every try. */
  readonly bits: number;
  readonly parts: number;
  readonly validMs: number;
  /** A keyed hash that nobody else can make. */
  readonly openSign: () => Promise<(text: string) => string>;
  /** false: it was used before, on whichever node. */
  readonly spend: (seed: string, until: Date) => Promise<boolean>;
  readonly now?: () => Date;
}

const SEED_BYTES = 12;
/** until.seed.bits.parts.signature:number,number,… */
const SOLUTION =
  /^(?<until>\d{13})\.(?<seed>[\w-]{16})\.(?<bits>\d{1,2})\.(?<parts>\d{1,2})\.(?<signature>[\w-]{43}):(?<found>\d{1,9}(?:,\d{1,9})*)$/;

export function createProofOfWork(deps: ProofOfWorkDeps): Challenger {
  const { bits, parts, validMs, openSign, spend, now = () => new Date() } = deps;

  return {
    async pose(network) {
      const sign = await openSign();
      const seed = randomBytes(SEED_BYTES).toString('base64url');
      const told = `${now().getTime() + validMs}.${seed}.${bits}.${parts}`;
      return { kind: 'pow', token: `${told}.${sign(signed(told, network))}`, seed, bits, parts };
    },
    async accept(solution, network) {
      const read = SOLUTION.exec(solution)?.groups;
      if (read === undefined) return false;
      const {
        until = '',
        seed = '',
        bits: posed = '',
        parts: wanted = '',
        signature = '',
        found = '',
      } = read;
      if (Number(until) <= now().getTime()) return false;
      const sign = await openSign();
      if (!isSame(sign(signed(`${until}.${seed}.${posed}.${wanted}`, network)), signature)) return false;
      const numbers = found.split(',');
      if (numbers.length !== Number(wanted)) return false;
      if (!numbers.every((number, part) => beginsWithZeros(`${seed}.${part}.${number}`, Number(posed))))
        return false;
      // Last: what is not solved costs the store nothing.
      return spend(seed, new Date(Number(until)));
    },
  };
}

/** The network is told to nobody, and still nobody else can use it. */
function signed(told: string, network: string): string {
  return `challenge ${told} ${network}`;
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function beginsWithZeros(text: string, bits: number): boolean {
  const head = createHash('sha256').update(text).digest().readUInt32BE();
  return Math.clz32(head) >= bits;
}
