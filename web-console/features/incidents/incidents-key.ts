/** Of everything that is read of incidents; known to the first load, too. */
export const INCIDENTS_KEY = 'incidents';
