/** How a call sounds, from what the browser counts of it. */

export type VoiceLevel = 'good' | 'fair' | 'poor';

/** What was counted since the call began, or the moment's values. null: not known yet. */
export interface VoiceCounts {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
}

export interface VoiceQuality {
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly level: VoiceLevel;
}

/**
 * Opus hides about 3% of lost packets, above 10% words are missing; ITU-T G.114 wants at most 150 ms one way, and
 * finds 400 ms unfit for talking; the jitter buffer swallows some 30 ms without a delay that is noticed.
 */
const LIMITS = {
  lost: { good: 0.03, fair: 0.1 },
  roundTripMs: { good: 300, fair: 800 },
  jitterMs: { good: 30, fair: 100 },
} as const;

export function judgeLevel(lostShare: number, jitterMs: number, roundTripMs: number | null): VoiceLevel {
  const values = { lost: lostShare, jitterMs, roundTripMs: roundTripMs ?? 0 };
  const within = (level: 'good' | 'fair'): boolean =>
    (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).every((name) => values[name] <= LIMITS[name][level]);
  if (within('good')) return 'good';
  return within('fair') ? 'fair' : 'poor';
}

/** Of the time between two counts. */
export function levelBetween(before: VoiceCounts | null, now: VoiceCounts): VoiceLevel {
  const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
  const received = Math.max(0, now.packetsReceived - (before?.packetsReceived ?? 0));
  return judgeLevel(shareOf(lost, received), now.jitterMs, now.roundTripMs);
}

/** Of a whole call: its last counts, and the mean of what was measured on the way. */
export function summarize(counts: readonly VoiceCounts[]): VoiceQuality | null {
  const last = counts[counts.length - 1];
  if (last === undefined) return null;
  const packetsLost = Math.max(0, last.packetsLost);
  const jitterMs = mean(counts.map((count) => count.jitterMs));
  const trips = counts.flatMap(({ roundTripMs }) => (roundTripMs === null ? [] : [roundTripMs]));
  const roundTripMs = trips.length === 0 ? null : mean(trips);
  return {
    packetsLost,
    jitterMs,
    roundTripMs,
    level: judgeLevel(shareOf(packetsLost, last.packetsReceived), jitterMs, roundTripMs),
  };
}

function shareOf(lost: number, received: number): number {
  return lost + received === 0 ? 0 : lost / (lost + received);
}

function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return Math.round((sum / values.length) * 10) / 10;
}

/** What `RTCPeerConnection.getStats()` says, as far as it matters here; null: no sound has come yet. */
export function readCounts(report: Iterable<Readonly<Record<string, unknown>>>): VoiceCounts | null {
  let inbound: Readonly<Record<string, unknown>> | null = null;
  let roundTripMs: number | null = null;
  for (const part of report) {
    if (part['type'] === 'inbound-rtp') inbound = part;
    // Firefox says `selected`, the others `nominated`.
    const isUsed =
      part['type'] === 'candidate-pair' && part['state'] === 'succeeded' && part['nominated'] === true;
    if (isUsed && typeof part['currentRoundTripTime'] === 'number')
      roundTripMs = Math.round(part['currentRoundTripTime'] * 1_000);
  }
  if (inbound === null) return null;
  const number = (name: string): number => (typeof inbound[name] === 'number' ? inbound[name] : 0);
  return {
    packetsReceived: number('packetsReceived'),
    packetsLost: number('packetsLost'),
    jitterMs: Math.round(number('jitter') * 10_000) / 10,
    roundTripMs,
  };
}
