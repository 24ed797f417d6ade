/**
 * Where an engine is known to answer differently from MongoDB 7.0: engine → test file → case → reason.
 * A listed case is run all the same and skipped with its reason when it fails; when it passes, that is
 * printed. A name that is no case of its file is an error.
 */

export type EngineName = 'embedded' | 'documentdb' | 'mongodb';

type Deviations = Readonly<Record<string, Readonly<Record<string, string>>>>;

const SAYS_BAD_VALUE = 'refused too, but as BadValue (2)';
const NO_COUNTS = 'its explain is PostgreSQL’s plan: no executionStats, a guessed stage';
const NO_PARALLEL_CHECK = 'it indexes every combination of two arrays instead of refusing them';
const COUNTS_NOTHING_AS_CHANGE = 'it counts an operator that changes nothing as a modification';

const documentdb: Deviations = {
  admin: {
    'is asked of the admin database': 'the gateway takes this command on every database',
    'are listed by the admin database only': 'the gateway takes this command on every database',
  },
  aggregation: {
    '$count of nothing': 'one document that says 0 instead of none',
  },
  'aggregation-expressions': {
    '$dateTrunc to a day in Việt Nam': '$dateTrunc with day or week returns wrong days',
  },
  'aggregation-joins': {
    '$merge: by another unique field and with a pipeline': '$merge with a pipeline is not there yet',
  },
  'aggregation-mistakes': {
    'an empty $project': 'accepted as one that changes nothing',
  },
  cursors: {
    'refuses a negative batch size': SAYS_BAD_VALUE,
    'getMore for another collection than the cursor’s is refused':
      'the gateway looks at the cursor’s id alone',
    'dropping the collection ends its cursors': 'the cursor reads on in PostgreSQL’s snapshot',
    'refuses to wait at the end of an ordinary collection':
      'a tailable cursor is not refused, it ends like an ordinary one',
  },
  explain: {
    equality: NO_COUNTS,
    'several values': NO_COUNTS,
    'a range': NO_COUNTS,
    'the first field of a compound index': NO_COUNTS,
    'a compound index up to a range': NO_COUNTS,
    'a compound index in its order': NO_COUNTS,
    'a compound index against its order': NO_COUNTS,
    'an element of an array': NO_COUNTS,
    'a field that few have': NO_COUNTS,
    'a condition on top of an indexed one': NO_COUNTS,
    'a sort without a filter': NO_COUNTS,
    'a lookup by _id, which examines one document': NO_COUNTS,
    'for a field without an index': NO_COUNTS,
    'and sorted, for an order without an index': NO_COUNTS,
    'for a sparse index that does not hold all': NO_COUNTS,
    'by name and by key is followed': NO_COUNTS,
    'of natural order reads all': NO_COUNTS,
    'an update and a delete, without doing them':
      'the gateway explains find, aggregate, count and distinct only',
    'bound a scan of the hinted index': 'min and max are ignored',
  },
  indexes: {
    'names an index after its fields and lists it with its options':
      'it lists an option of its own, storageEngine, with every index',
    'refuses sparse and partial at once': 'refused too, but as InvalidIndexSpecificationOption (197)',
  },
  protocol: {
    'refuses an unknown field of a known command': SAYS_BAD_VALUE,
    'refuses a document over 16 MB': SAYS_BAD_VALUE,
    // These three are asked only of a gateway started with GATEWAY_TOPOLOGY=standalone.
    'refuses a numbered, retryable write with IllegalOperation': 'the gateway accepts it in every topology',
    'refuses a change stream': 'refused too, but as not supported (115)',
    'refuses to wait for a second member': 'write concern is accepted and ignored',
  },
  sort: {
    'is turned around by -1': 'downwards it puts an empty array before null',
    'is the same through an index': 'downwards it puts an empty array before null',
  },
  'unique-indexes': {
    'on an array refuses an element that another document has':
      'refused too, but the gateway knows no element and names the whole array',
    'refuses a document with arrays in two of its fields': NO_PARALLEL_CHECK,
    'is not made over documents with arrays in two of its fields': NO_PARALLEL_CHECK,
  },
  'update-arrays': {
    '$push $each of nothing': COUNTS_NOTHING_AS_CHANGE,
    '$pull by pattern': 'it compares with the pattern instead of matching it',
    '$pop from a number': SAYS_BAD_VALUE,
  },
  'update-fields': {
    '$inc by zero': COUNTS_NOTHING_AS_CHANGE,
    'new fields come in the order of their names': 'it appends them in the order of the update',
    'an empty part of a path': SAYS_BAD_VALUE,
    '$rename to itself': 'refused too, but as ConflictingUpdateOperators (40)',
    'an unknown pipeline stage': 'refused too, but as InvalidOptions (72)',
  },
  'update-positions': {
    '$[] on a number': 'refused too, but as PathNotViable (28)',
    'an array filter that is not used': SAYS_BAD_VALUE,
  },
  updates: {
    'follow a hint': 'updates ignore an index that is not there',
    'by the same is no modification': COUNTS_NOTHING_AS_CHANGE,
  },
};

const embedded: Deviations = {
  'aggregation-joins': {
    '$merge: by another unique field and with a pipeline':
      'refused (115): it merges by _id only, without a pipeline',
  },
};

export const deviations: Readonly<Partial<Record<EngineName, Deviations>>> = { documentdb, embedded };
