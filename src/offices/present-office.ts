/** Office → contract, field by field. */
import type { OfficeView } from '../contracts/offices.ts';
import type { Office } from './offices.ts';

export function presentOffice({ code, name, address, phones }: Office): OfficeView {
  return {
    code,
    name,
    ...(address === undefined ? {} : { address }),
    phones: phones.map(({ number, extension }) => ({
      number,
      ...(extension === undefined ? {} : { extension }),
    })),
  };
}
