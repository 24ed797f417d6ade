/** What crosses the wire when somebody looks for an office: `GET /api/v1/offices`. */
import { z } from 'zod';

export const officeView = z.object({
  code: z.string(),
  name: z.string(),
  address: z.string().optional(),
  phones: z.array(
    z.object({
      number: z.string().describe('As it is written'),
      extension: z.string().optional(),
    }),
  ),
  hours: z.string().optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
});
export type OfficeView = z.infer<typeof officeView>;

export const officeQuery = z.object({ q: z.string().max(200).default('') });
export const officeList = z.object({ offices: z.array(officeView).describe('Best first') });
export type OfficeList = z.infer<typeof officeList>;
