/** Office → contract, field by field. */
import type { OfficeRecord } from '../contracts/office-directory.ts';
import type { OfficeView } from '../contracts/offices.ts';
import type { FoundOffice, Phone, StoredOffice } from './office.ts';

/** As contacts see it. */
export function presentOffice({ office, distanceM }: FoundOffice): OfficeView {
  const { code, name, address, phones, hours, location } = office;
  return {
    code,
    name,
    ...(address === null ? {} : { address }),
    phones: phones.map(presentPhone),
    ...(hours === null ? {} : { hours }),
    ...(location === null ? {} : { location: { ...location } }),
    ...(distanceM === null ? {} : { distanceM }),
  };
}

/** As the staff keep it. */
export function presentOfficeRecord(office: StoredOffice): OfficeRecord {
  return {
    code: office.code,
    name: office.name,
    level: office.level,
    province: office.province,
    address: office.address,
    phones: office.phones.map(presentPhone),
    hours: office.hours,
    location: office.location && { ...office.location },
    parent: office.parent,
    aliases: [...office.aliases],
    active: office.active,
    revision: office.revision,
  };
}

function presentPhone({ number, extension }: Phone) {
  return { number, ...(extension === undefined ? {} : { extension }) };
}
