import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('aggregation-expressions');
const { db, it } = storage;
const rows = db.collection<Row>('rows');
const HCM = 'Asia/Ho_Chi_Minh';

beforeAll(async () => {
  await rows.insertOne({
    _id: 1,
    n: 7,
    half: 2.5,
    text: 'Tra cứu BHXH',
    padded: '  x  ',
    code: 'PA-7K3F9Q',
    // 01:30 of the next day in Việt Nam.
    at: new Date('2024-05-01T18:30:15.250Z'),
    list: [3, 1, 2],
    rows: [
      { k: 'a', v: 1 },
      { k: 'b', v: 2 },
    ],
    nothing: null,
    id: new ObjectId('65a000000000000000000001'),
    doc: { x: 1, y: 2 },
  });
});

/** A branch of $switch; spelled so because an object with a `then` looks like a promise to JavaScript. */
const when = (condition: unknown, value: unknown) =>
  Object.fromEntries([
    ['case', condition],
    ['then', value],
  ]);

const cases: readonly [name: string, expression: unknown, value: unknown][] = [
  ['$add and $subtract', { $subtract: [{ $add: ['$n', 3, '$half'] }, 0.5] }, 12],
  ['$add of null', { $add: ['$n', '$nothing'] }, null],
  ['$multiply and $divide', { $divide: [{ $multiply: ['$n', 4] }, 8] }, 3.5],
  ['$mod', { $mod: ['$n', 4] }, 3],
  ['$round to even', { $round: ['$half', 0] }, 2],
  [
    '$floor, $ceil, $trunc and $abs',
    [{ $floor: '$half' }, { $ceil: '$half' }, { $trunc: '$half' }, { $abs: -2 }],
    [2, 3, 2, 2],
  ],
  ['$pow and $sqrt', [{ $pow: ['$n', 2] }, { $sqrt: 81 }], [49, 9]],
  [
    '$max and $min of a list',
    [{ $max: '$list' }, { $min: '$list' }, { $sum: '$list' }, { $avg: '$list' }],
    [3, 1, 6, 2],
  ],
  ['$concat', { $concat: ['$code', ': ', '$text'] }, 'PA-7K3F9Q: Tra cứu BHXH'],
  ['$concat with null', { $concat: ['$code', '$nothing'] }, null],
  ['$toUpper and $toLower', [{ $toUpper: '$code' }, { $toLower: '$code' }], ['PA-7K3F9Q', 'pa-7k3f9q']],
  ['$substrCP counts characters', { $substrCP: ['$text', 4, 3] }, 'cứu'],
  ['$strLenCP and $strLenBytes', [{ $strLenCP: '$text' }, { $strLenBytes: '$text' }], [12, 14]],
  ['$split', { $split: ['$code', '-'] }, ['PA', '7K3F9Q']],
  ['$trim', { $trim: { input: '$padded' } }, 'x'],
  ['$indexOfCP', { $indexOfCP: ['$text', 'BHXH'] }, 8],
  ['$replaceAll', { $replaceAll: { input: '$code', find: '-', replacement: '' } }, 'PA7K3F9Q'],
  ['$regexMatch', { $regexMatch: { input: '$code', regex: '^pa-', options: 'i' } }, true],
  [
    '$regexFind',
    { $regexFind: { input: '$code', regex: /([A-Z]+)-(\d)/ } },
    { match: 'PA-7', idx: 0, captures: ['PA', '7'] },
  ],
  [
    '$toString and $toInt',
    [{ $toString: '$n' }, { $toInt: '42' }, { $toString: '$id' }],
    ['7', 42, '65a000000000000000000001'],
  ],
  ['$convert with a way out', { $convert: { input: 'x', to: 'int', onError: -1, onNull: 0 } }, -1],
  [
    '$type',
    [{ $type: '$n' }, { $type: '$at' }, { $type: '$missing' }, { $type: '$list' }],
    ['int', 'date', 'missing', 'array'],
  ],
  [
    '$cond and $ifNull',
    [{ $cond: [{ $gt: ['$n', 5] }, 'big', 'small'] }, { $ifNull: ['$nothing', '$missing', 'none'] }],
    ['big', 'none'],
  ],
  [
    '$switch',
    {
      $switch: {
        branches: [when({ $lt: ['$n', 5] }, 'a'), when({ $lt: ['$n', 10] }, 'b')],
        default: 'c',
      },
    },
    'b',
  ],
  [
    '$and, $or and $not',
    [{ $and: ['$n', '$nothing'] }, { $or: [false, '$n'] }, { $not: ['$nothing'] }],
    [false, true, true],
  ],
  [
    '$cmp across types',
    [{ $cmp: ['$n', '$text'] }, { $cmp: ['$nothing', '$n'] }, { $eq: ['$nothing', '$missing'] }],
    [-1, -1, false],
  ],
  ['$in', [{ $in: [2, '$list'] }, { $in: ['x', '$list'] }], [true, false]],
  [
    '$arrayElemAt, $first and $last',
    [{ $arrayElemAt: ['$list', -1] }, { $first: '$list' }, { $last: '$rows.k' }],
    [2, 3, 'b'],
  ],
  [
    '$size, $isArray and $slice',
    [{ $size: '$list' }, { $isArray: '$n' }, { $slice: ['$list', 1, 2] }],
    [3, false, [1, 2]],
  ],
  [
    '$map and $filter',
    {
      $map: {
        input: { $filter: { input: '$list', as: 'x', cond: { $gt: ['$$x', 1] } } },
        as: 'x',
        in: { $multiply: ['$$x', 10] },
      },
    },
    [30, 20],
  ],
  [
    '$reduce',
    { $reduce: { input: '$list', initialValue: '', in: { $concat: ['$$value', { $toString: '$$this' }] } } },
    '312',
  ],
  [
    '$sortArray',
    [{ $sortArray: { input: '$list', sortBy: 1 } }, { $sortArray: { input: '$rows', sortBy: { v: -1 } } }],
    [
      [1, 2, 3],
      [
        { k: 'b', v: 2 },
        { k: 'a', v: 1 },
      ],
    ],
  ],
  [
    '$concatArrays, $reverseArray and $range',
    [{ $concatArrays: ['$list', [9]] }, { $reverseArray: '$list' }, { $range: [0, 5, 2] }],
    [
      [3, 1, 2, 9],
      [2, 1, 3],
      [0, 2, 4],
    ],
  ],
  [
    '$setIsSubset and $setDifference',
    [{ $setIsSubset: [[1, 2], '$list'] }, { $setDifference: ['$list', [1, 3]] }],
    [true, [2]],
  ],
  [
    '$zip',
    { $zip: { inputs: ['$list', ['a', 'b']] } },
    [
      [3, 'a'],
      [1, 'b'],
    ],
  ],
  [
    '$arrayToObject and $objectToArray',
    [{ $arrayToObject: '$rows' }, { $objectToArray: '$doc' }],
    [
      { a: 1, b: 2 },
      [
        { k: 'x', v: 1 },
        { k: 'y', v: 2 },
      ],
    ],
  ],
  ['$mergeObjects', { $mergeObjects: ['$doc', { y: 5, z: 6 }] }, { x: 1, y: 5, z: 6 }],
  [
    '$setField and $getField',
    [{ $getField: { field: 'x', input: '$doc' } }, { $setField: { field: 'a.b', input: '$doc', value: 0 } }],
    [1, { x: 1, y: 2, 'a.b': 0 }],
  ],
  ['$let', { $let: { vars: { sum: { $add: ['$n', 1] } }, in: { $multiply: ['$$sum', 2] } } }, 16],
  ['a path through documents of an array', '$rows.v', [1, 2]],
  [
    'a missing field in a document is left out',
    { $mergeObjects: [{ a: '$missing', b: { $literal: 1 } }] },
    { b: 1 },
  ],
  ['a missing field in a list is null', ['$missing', 1], [null, 1]],
  [
    '$dateToString in Việt Nam',
    { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %z', timezone: HCM } },
    '2024-05-02 01:30:15.250 +0700',
  ],
  [
    '$dateToString with an offset',
    { $dateToString: { date: '$at', format: '%d/%m/%Y', timezone: '+07:00' } },
    '02/05/2024',
  ],
  ['$dateToString of null', { $dateToString: { date: '$nothing', onNull: 'chưa có' } }, 'chưa có'],
  ['$dateToString without a format', { $dateToString: { date: '$at' } }, '2024-05-01T18:30:15.250Z'],
  [
    '$hour, $dayOfMonth and $dayOfWeek in Việt Nam',
    [
      { $hour: { date: '$at', timezone: HCM } },
      { $dayOfMonth: { date: '$at', timezone: HCM } },
      { $dayOfWeek: { date: '$at', timezone: HCM } },
    ],
    [1, 2, 5],
  ],
  ['$year, $month and $minute', [{ $year: '$at' }, { $month: '$at' }, { $minute: '$at' }], [2024, 5, 30]],
  ['$isoWeek', [{ $isoWeek: '$at' }, { $isoWeekYear: new Date('2024-12-30T00:00:00Z') }], [18, 2025]],
  [
    '$dateTrunc to a day in Việt Nam',
    { $dateTrunc: { date: '$at', unit: 'day', timezone: HCM } },
    new Date('2024-05-01T17:00:00Z'),
  ],
  [
    '$dateTrunc to a week in Việt Nam',
    { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday', timezone: HCM } },
    new Date('2024-04-28T17:00:00Z'),
  ],
  [
    '$dateTrunc to a month in Việt Nam',
    { $dateTrunc: { date: '$at', unit: 'month', timezone: HCM } },
    new Date('2024-04-30T17:00:00Z'),
  ],
  [
    '$dateTrunc to 15 minutes',
    { $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } },
    new Date('2024-05-01T18:30:00Z'),
  ],
  [
    '$dateAdd over a month’s end',
    { $dateAdd: { startDate: new Date('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
    new Date('2024-02-29T00:00:00Z'),
  ],
  [
    '$dateDiff in days of Việt Nam',
    {
      $dateDiff: { startDate: new Date('2024-05-01T16:00:00Z'), endDate: '$at', unit: 'day', timezone: HCM },
    },
    1,
  ],
  [
    '$dateFromString',
    { $dateFromString: { dateString: '2024-05-01 09:30', format: '%Y-%m-%d %H:%M', timezone: HCM } },
    new Date('2024-05-01T02:30:00Z'),
  ],
  [
    '$dateFromParts',
    { $dateFromParts: { year: 2024, month: 5, day: 1, hour: 0, timezone: HCM } },
    new Date('2024-04-30T17:00:00Z'),
  ],
  [
    '$dateToParts',
    { $dateToParts: { date: '$at', timezone: HCM } },
    { year: 2024, month: 5, day: 2, hour: 1, minute: 30, second: 15, millisecond: 250 },
  ],
  ['dates minus dates are milliseconds', { $subtract: ['$at', new Date('2024-05-01T18:30:00Z')] }, 15_250],
  ['dates plus milliseconds are dates', { $add: ['$at', 750] }, new Date('2024-05-01T18:30:16Z')],
  ['$toDate of milliseconds', { $toDate: { $toLong: '$at' } }, new Date('2024-05-01T18:30:15.250Z')],
];

describe('computes', () => {
  for (const [name, expression, value] of cases) {
    it(name, async () => {
      const [computed] = await rows.aggregate([{ $project: { _id: 0, value: expression } }]).toArray();
      expect(computed).toEqual({ value });
    });
  }
});
