/** Errors in MongoDB's own codes and names, as a server tells them to a driver. */

/** https://github.com/mongodb/mongo/blob/v7.0/src/mongo/base/error_codes.yml, those that can occur here. */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  InvalidIdField: 53,
  DollarPrefixedFieldName: 52,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandNotSupported: 115,
  InvalidLength: 16,
  StageNotOneField: 40_323,
  MergeFailed: 13_113,
  NotSingleValueField: 54,
  InvalidIndexSpecificationOption: 197,
  NoQueryExecutionPlans: 291,
  ResultTooLarge: 17_419,
  NegativeOption: 51_024,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  BSONObjectTooLarge: 10_334,
  DuplicateKey: 11_000,
  OutOfDiskSpace: 14_031,
  KeyTooLong: 17_280,
  UnrecognizedStage: 40_324,
  ProjectionMixed: 31_254,
  ChangeStreamOnStandalone: 40_573,
  UnknownField: 40_415,
} as const;
export type FaultName = keyof typeof CODES;

/** Assertion sites of mongod carry no name of their own. */
const UNNAMED = new Set([17_419, 51_024, 17_280, 40_323, 31_254, 40_324, 40_573, 40_415]);

/** An error reply. `details` are further fields of the reply, such as keyPattern and keyValue. */
export class MongoFault extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Record<string, unknown>;
  constructor(name: FaultName, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'MongoFault';
    this.code = CODES[name];
    this.codeName = UNNAMED.has(this.code) ? `Location${this.code}` : name;
    this.details = details;
  }
}

/** What mingo says, in MongoDB's codes. */
const MINGO_WORDS: readonly [RegExp, FaultName, (found: RegExpExecArray) => string][] = [
  [
    /unregistered pipeline operator (\S+?)\.?$/,
    'UnrecognizedStage',
    ([, stage]) => `Unrecognized pipeline stage name: '${stage}'`,
  ],
  [
    /accumulator '(\S+)' is not registered/,
    'InvalidPipelineOperator',
    ([, op]) => `Unrecognized expression '${op}'`,
  ],
  [/unknown query operator (\S+)/, 'BadValue', ([, op]) => `unknown operator: ${op}`],
];

/** Any error as the fault to reply with; what is not foreseen becomes InternalError, its message kept. */
export function toFault(error: unknown): MongoFault {
  if (error instanceof MongoFault) return error;
  const { name, message, code } = error as NodeJS.ErrnoException;
  for (const [pattern, fault, say] of MINGO_WORDS) {
    const found = pattern.exec(message);
    if (found !== null) return new MongoFault(fault, say(found));
  }
  if (/MDB_MAP_FULL|No space left|ENOSPC|EFBIG|File too large|EDQUOT/.test(`${code} ${message}`)) {
    return new MongoFault('OutOfDiskSpace', `The disk is full; nothing of this command was kept: ${message}`);
  }
  // mingo asserts on arguments it cannot work with; so does the RegExp constructor.
  const badArgument = name === 'MingoError' || error instanceof SyntaxError || /^\$|mingo/.test(message);
  return new MongoFault(badArgument ? 'BadValue' : 'InternalError', message);
}
