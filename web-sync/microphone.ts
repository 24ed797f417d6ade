/** Asking for the microphone, and why there is none. */

/** unsupported: this browser, or a page without https, has no calls at all. */
export type MicrophoneFailure = 'refused' | 'missing' | 'busy' | 'unsupported';

/** The browser asks the person first, unless that was done before. */
export async function openMicrophone(): Promise<
  { readonly stream: MediaStream } | { readonly failure: MicrophoneFailure }
> {
  // Missing without https, and in some web views.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof RTCPeerConnection === 'undefined') return { failure: 'unsupported' };
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return { stream: await devices.getUserMedia({ audio }) };
  } catch (error) {
    return { failure: failureOf((error as Error).name) };
  }
}

function failureOf(name: string): MicrophoneFailure {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unsupported';
}
