/** Where the contact is, as an entity of one message: kept until that is answered, and no longer. */
import type { Position } from '../contracts/offices.ts';
import type { Understanding } from './turn.ts';

type Entity = Understanding['entities'][number];

const TYPE = 'position';
/** About a hundred metres: enough to tell which office is near, and not at whose door the contact is. */
const DECIMALS = 3;

export function toEntity({ latitude, longitude }: Position): Entity {
  return { type: TYPE, value: `${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)}`, text: '' };
}

/** null: the message does not tell. */
export function findPosition(entities: readonly Entity[]): Position | null {
  const value = entities.find(({ type }) => type === TYPE)?.value;
  const [latitude = Number.NaN, longitude = Number.NaN] = value?.split(',').map(Number) ?? [];
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : null;
}
