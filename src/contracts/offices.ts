/** What crosses the wire when somebody looks for an office: `GET /api/v1/offices`. */
import { z } from 'zod';

export const officePhone = z.object({
  number: z.string().describe('As it is written'),
  extension: z.string().optional(),
});

/** A point on the map, in degrees. */
export const position = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Position = z.infer<typeof position>;

export const officeView = z.object({
  code: z.string(),
  name: z.string(),
  address: z.string().optional(),
  phones: z.array(officePhone),
  hours: z.string().optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  distanceM: z.int().min(0).optional().describe('As the crow flies, from the position that was given'),
});
export type OfficeView = z.infer<typeof officeView>;

const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d{1,15})?$/)
    .transform(Number)
    .pipe(z.number().min(-most).max(most));

export const officeQuery = z
  .object({
    q: z.string().max(200).default(''),
    latitude: degrees(90).optional(),
    longitude: degrees(180).optional(),
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: 'latitude and longitude go together',
    path: ['latitude'],
  });
export const officeList = z.object({ offices: z.array(officeView).describe('Best first') });
export type OfficeList = z.infer<typeof officeList>;
