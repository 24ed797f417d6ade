import { describe, expect, it } from 'vitest';
import {
  judgeLevel,
  levelBetween,
  readCounts,
  summarize,
  type VoiceCounts,
} from '../../web-sync/voice-quality.ts';

const counts = (
  packetsReceived: number,
  packetsLost: number,
  more: Partial<VoiceCounts> = {},
): VoiceCounts => ({
  packetsReceived,
  packetsLost,
  jitterMs: 5,
  roundTripMs: 40,
  ...more,
});

describe('how a call sounds', () => {
  it.each([
    [0, 5, 40, 'good'],
    [0.03, 30, 300, 'good'],
    [0.04, 5, 40, 'fair'],
    [0, 31, 40, 'fair'],
    [0, 5, 301, 'fair'],
    [0.11, 5, 40, 'poor'],
    [0, 101, 40, 'poor'],
    [0, 5, 801, 'poor'],
    [0, 5, null, 'good'],
  ] as const)('%d lost, %d ms of jitter, %s ms there and back: %s', (lost, jitter, trip, level) => {
    expect(judgeLevel(lost, jitter, trip)).toBe(level);
  });

  it('is judged by what came since the last look, not by how it began', () => {
    expect(levelBetween(counts(100, 50), counts(200, 50))).toBe('good');
    expect(levelBetween(counts(1_000, 0), counts(1_050, 50))).toBe('poor');
    expect(levelBetween(null, counts(0, 0))).toBe('good');
  });

  it('is summed up with the last counts and the mean of what was measured', () => {
    const measured = [counts(100, 0, { jitterMs: 10, roundTripMs: null }), counts(200, 2, { jitterMs: 20 })];
    expect(summarize(measured)).toEqual({ packetsLost: 2, jitterMs: 15, roundTripMs: 40, level: 'good' });
    expect(summarize([])).toBeNull();
  });
});

it('reads what browsers count of the sound that comes in, and the way that is used', () => {
  const report = [
    { type: 'outbound-rtp', packetsSent: 9 },
    { type: 'inbound-rtp', packetsReceived: 120, packetsLost: 3, jitter: 0.0124 },
    { type: 'candidate-pair', state: 'waiting', nominated: false, currentRoundTripTime: 9 },
    { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.0707 },
  ];
  expect(readCounts(report)).toEqual({
    packetsReceived: 120,
    packetsLost: 3,
    jitterMs: 12.4,
    roundTripMs: 71,
  });
  expect(readCounts(report.slice(2))).toBeNull();
});
