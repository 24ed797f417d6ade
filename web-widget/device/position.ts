/** Where the device is, if the person lets the page know. */
import type { Position } from '../../src/contracts/offices.ts';

/** A position of the last minutes will do; more exact than a street it need not be. */
const OPTIONS: PositionOptions = { maximumAge: 3e5, timeout: 15_000 };

/** Asks the person through the browser; about a hundred metres are left unsaid. @returns null: refused, or not known */
export function askPosition(): Promise<Position | null> {
  return new Promise((resolve) => {
    const { geolocation } = navigator;
    // Web views and pages without https have none.
    if (!geolocation) return resolve(null);
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: round(coords.latitude), longitude: round(coords.longitude) }),
      () => resolve(null),
      OPTIONS,
    );
  });
}

const round = (degrees: number): number => Math.round(degrees * 1e3) / 1e3;
