/** Where the device is, if the person lets the page know. */

export type Positioning =
  | { readonly ok: true; readonly location: { readonly latitude: number; readonly longitude: number } }
  | { readonly ok: false; readonly why: 'refused' | 'unavailable' };

/** A position of the last minutes will do; more exact than a street it need not be. */
const OPTIONS: PositionOptions = { maximumAge: 5 * 60_000, timeout: 15_000, enableHighAccuracy: false };

/** Asks the person through the browser; about a hundred metres are left unsaid. */
export function askPosition(): Promise<Positioning> {
  return new Promise((resolve) => {
    // Web views and pages without https have none.
    if (!('geolocation' in navigator)) {
      resolve({ ok: false, why: 'unavailable' });
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          ok: true,
          location: { latitude: round(coords.latitude), longitude: round(coords.longitude) },
        }),
      ({ code, PERMISSION_DENIED }) =>
        resolve({ ok: false, why: code === PERMISSION_DENIED ? 'refused' : 'unavailable' }),
      OPTIONS,
    );
  });
}

const round = (degrees: number): number => Math.round(degrees * 1_000) / 1_000;
