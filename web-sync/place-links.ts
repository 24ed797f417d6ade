/** Links out of the page to where an office is, and to whom it answers the phone. */

/** As a link dials it: digits only, and the plus of a country code. */
export function telHref(number: string): string {
  return `tel:${number.trim().startsWith('+') ? '+' : ''}${number.replace(/\D/g, '')}`;
}

/** A search on a map that needs no key; the app of a phone takes it over. */
export function mapHref(place: {
  readonly name: string;
  readonly address?: string | null | undefined;
  readonly location?: { readonly latitude: number; readonly longitude: number } | null | undefined;
}): string {
  const { name, address, location } = place;
  const wanted = location
    ? `${location.latitude},${location.longitude}`
    : [name, address].filter(Boolean).join(', ');
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(wanted)}`;
}

const KILOMETRE = 1_000;

/** 347 → "350 m", 1240 → "1,2 km", 23456 → "23 km" */
export function writeDistance(metres: number, decimalMark: string): string {
  if (metres < KILOMETRE - 5) return `${Math.max(10, Math.round(metres / 10) * 10)} m`;
  const kilometres = metres / KILOMETRE;
  const shown = kilometres < 9.95 ? kilometres.toFixed(1) : String(Math.round(kilometres));
  return `${shown.replace('.', decimalMark)} km`;
}
