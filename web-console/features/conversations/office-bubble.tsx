import type { OfficeView } from '../../../src/contracts/offices.ts';
import { mapHref, telHref, writeDistance } from '../../../web-sync/place-links.ts';
import { copy } from '../../copy.ts';

const words = copy.conversations.office;

/** An office as the contact sees it, with the same links. */
export function OfficeBubble({ office }: { readonly office: OfficeView }) {
  const { name, address, phones, hours, distanceM } = office;
  return (
    <div className="bubble-office">
      <p className="bubble-title">{name}</p>
      {distanceM !== undefined && <p>{words.distance(writeDistance(distanceM, ','))}</p>}
      {address !== undefined && <p>{address}</p>}
      {phones.map(({ number, extension }) => (
        <p key={`${number} ${extension}`}>
          <a href={telHref(number)}>{number}</a>
          {extension !== undefined && ` (${words.extension(extension)})`}
        </p>
      ))}
      {hours !== undefined && <p>{hours}</p>}
      <p>
        <a href={mapHref(office)} target="_blank" rel="noopener">
          {words.map}
        </a>
      </p>
    </div>
  );
}
