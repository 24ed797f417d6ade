/** A short, soft tone, made by the browser itself. */

export interface Chime {
  /** To be called while the person taps: browsers allow sound only then. */
  readonly prepare: () => void;
  readonly play: () => void;
}

const TONES_HZ = [660, 880];
const TONE_S = 0.14;
const LOUDNESS = 0.12;

export function createChime(): Chime {
  let audio: AudioContext | null = null;
  return {
    prepare() {
      try {
        audio ??= new AudioContext();
        void audio.resume();
      } catch {
        // No sound here; everything is also shown.
      }
    },
    play() {
      const ready = audio;
      void ready?.resume().then(() => sound(ready));
    },
  };
}

function sound(audio: AudioContext): void {
  const gain = audio.createGain();
  gain.connect(audio.destination);
  TONES_HZ.forEach((frequency, index) => {
    const from = audio.currentTime + index * TONE_S;
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(from);
    tone.stop(from + TONE_S);
  });
  gain.gain.setValueAtTime(LOUDNESS, audio.currentTime);
  gain.gain.linearRampToValueAtTime(0, audio.currentTime + TONES_HZ.length * TONE_S);
}
