/** Errors in MongoDB's own codes and names, as a server tells them to a driver. */

/** https://github.com/mongodb/mongo/blob/v7.0/src/mongo/base/error_codes.yml, those that can occur here. */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CannotBackfillArray: 34,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  CommandNotSupported: 115,
  ExceededMemoryLimit: 146,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  InvalidIndexSpecificationOption: 197,
  DataCorruptionDetected: 246,
  NoQueryExecutionPlans: 291,
  BSONObjectTooLarge: 10_334,
  DuplicateKey: 11_000,
  OutOfDiskSpace: 14_031,
} as const;
/** Assertion sites of mongod carry no name of their own: they are called Location and their number. */
export type FaultName = keyof typeof CODES | `Location${number}`;

const codeOf = (name: FaultName): number =>
  Object.hasOwn(CODES, name) ? CODES[name as keyof typeof CODES] : Number(name.slice('Location'.length));

/** An error reply. `details` are further fields of the reply, such as keyPattern and keyValue. */
export class MongoFault extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Record<string, unknown>;
  constructor(name: FaultName, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'MongoFault';
    this.code = codeOf(name);
    this.codeName = name;
    this.details = details;
  }
}

/** What mingo says, as MongoDB says it. */
const MINGO_WORDS: readonly (readonly [RegExp, FaultName, string])[] = [
  [/unregistered pipeline operator (\S+?)\.?$/, 'Location40324', "Unrecognized pipeline stage name: '$1'"],
  [/accumulator '(\S+)' is not registered/, 'InvalidPipelineOperator', "Unrecognized expression '$1'"],
  [/unknown query operator (\S+)/, 'BadValue', 'unknown operator: $1'],
  [/must resolve to array of numbers/, 'TypeMismatch', 'only supports numeric types: $&'],
  [/\$replaceRoot expression must return an object/, 'Location40228', '$&'],
  [/Use of undefined variable: (\S+)/, 'Location17276', 'Use of undefined variable: $1'],
];

/** Any error as the fault to reply with; what is not foreseen becomes InternalError, its message kept. */
export function toFault(error: unknown): MongoFault {
  if (error instanceof MongoFault) return error;
  const { name, message, code } = error as NodeJS.ErrnoException;
  for (const [pattern, fault, words] of MINGO_WORDS) {
    const [found] = pattern.exec(message) ?? [];
    if (found !== undefined) return new MongoFault(fault, found.replace(pattern, words));
  }
  // LMDB calls a write that was cut short by a full disk an input/output error.
  if (
    /MDB_MAP_FULL|No space left|ENOSPC|EFBIG|File too large|EDQUOT|Input\/output error/.test(
      `${code} ${message}`,
    )
  ) {
    return new MongoFault('OutOfDiskSpace', `The disk is full; nothing of this command was kept: ${message}`);
  }
  // mingo asserts on arguments it cannot work with; so does the RegExp constructor.
  const badArgument = name === 'MingoError' || error instanceof SyntaxError || /^\$|mingo/.test(message);
  return new MongoFault(badArgument ? 'BadValue' : 'InternalError', message);
}
