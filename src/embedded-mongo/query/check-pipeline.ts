/** What MongoDB refuses in a pipeline and mingo takes in silence or in other words. */
import * as accumulators from 'mingo/operators/accumulator';
import { isPlainObject } from '../bson/document-path.ts';
import type { Document } from '../bson/raw-bson.ts';
import { type FaultName, MongoFault } from '../fault.ts';

const UNSUPPORTED = new Set([
  '$geoNear',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$indexStats',
  '$planCacheStats',
  '$currentOp',
  '$listSessions',
]);
const SCRIPTS = new Set(['$function', '$accumulator', '$where']);

export const stageName = (stage: Document | undefined): string => Object.keys(stage ?? {})[0] ?? '';

const isEmpty = (value: unknown): boolean => isPlainObject(value) && Object.keys(value).length === 0;

/** What is wrong with a stage: when, MongoDB's code, its words. */
const MISTAKES: readonly (readonly [
  stage: string,
  wrong: (spec: never) => boolean,
  fault: FaultName,
  words: string,
])[] = [
  ['$limit', (limit: unknown) => !(Number(limit) > 0), 'Location15958', 'the limit must be positive'],
  [
    '$project',
    isEmpty,
    'Location51272',
    'Invalid $project :: caused by :: projection specification must have at least one field',
  ],
  ['$sort', isEmpty, 'Location15976', '$sort stage must have at least one sort key'],
  [
    '$count',
    (name: unknown) => typeof name !== 'string' || /^\$|\.|^$/.test(name),
    'Location40158',
    'the count field must be a name without $ and dots',
  ],
  [
    '$lookup',
    (spec: Document) => typeof spec['as'] !== 'string',
    'FailedToParse',
    'must specify a string for $lookup.as',
  ],
  [
    '$unwind',
    (spec: unknown) => !String(isPlainObject(spec) ? spec['path'] : spec).startsWith('$'),
    'Location28818',
    "path option to $unwind stage should be prefixed with a '$'",
  ],
  [
    '$group',
    (spec: Document) => !('_id' in spec),
    'Location15955',
    'a group specification must include an _id',
  ],
];

/** @throws MongoFault in MongoDB's codes; CommandNotSupported for what only a MongoDB server has */
export function checkPipeline(pipeline: readonly Document[]): void {
  refuseScripts(pipeline);
  for (const [at, stage] of pipeline.entries()) {
    const name = stageName(stage);
    if (name === '$changeStream') {
      throw new MongoFault('Location40573', 'The $changeStream stage is only supported on replica sets');
    }
    if (UNSUPPORTED.has(name))
      throw new MongoFault('CommandNotSupported', `${name} is not supported by the embedded store`);
    if (['$out', '$merge'].includes(name) && at < pipeline.length - 1) {
      throw new MongoFault('Location40601', `${name} can only be the final stage in the pipeline`);
    }
    for (const [which, isWrong, fault, words] of MISTAKES) {
      if (which === name && isWrong(stage[name] as never)) throw new MongoFault(fault, words);
    }
    if (name === '$facet') {
      for (const inner of Object.values(stage[name] as Record<string, Document[]>)) {
        const output = inner.map(stageName).find((one) => one === '$out' || one === '$merge');
        if (output !== undefined)
          throw new MongoFault('Location40600', `${output} is not allowed to be used within a $facet stage`);
        checkPipeline(inner);
      }
    }
    if (name === '$group') checkGroup(stage[name] as Document);
  }
}

function checkGroup(spec: Document): void {
  for (const [field, value] of Object.entries(spec)) {
    if (field === '_id') continue;
    const [operator = ''] = Object.keys(isPlainObject(value) ? value : {});
    if (!operator.startsWith('$')) {
      throw new MongoFault('Location40234', `The field '${field}' must be an accumulator object`);
    }
    if (!(operator in accumulators))
      throw new MongoFault('Location15952', `unknown group operator '${operator}'`);
  }
}

/** mingo builds $setWindowFields with $function, so it has to be known; what clients send is another matter. */
function refuseScripts(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseScripts);
  else if (isPlainObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (SCRIPTS.has(name))
        throw new MongoFault('CommandNotSupported', `${name} is not supported by the embedded store`);
      refuseScripts(inner);
    }
  }
}
