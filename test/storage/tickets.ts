/** The documents that the aggregation suites work on. */
import { ObjectId } from 'mongodb';

export const hue = new ObjectId('65a000000000000000000001');
export const vinh = new ObjectId('65a000000000000000000002');

export const TICKETS = [
  {
    _id: 1,
    kind: 'question',
    office: hue,
    score: 5,
    tags: ['a', 'b'],
    at: new Date('2024-05-01T18:30:00Z'),
  },
  { _id: 2, kind: 'question', office: vinh, score: 3, tags: ['b'], at: new Date('2024-05-02T01:00:00Z') },
  { _id: 3, kind: 'complaint', office: hue, score: 8, tags: [], at: new Date('2024-05-02T16:59:59Z') },
  { _id: 4, kind: 'complaint', office: vinh, score: null, at: new Date('2024-05-02T17:00:00Z') },
  {
    _id: 5,
    kind: 'callback',
    office: hue,
    score: 4,
    tags: ['c', 'a'],
    at: new Date('2024-06-01T00:00:00Z'),
  },
];
