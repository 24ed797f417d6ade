/** One row of the update tables: a document, what is done to it, and what then is there. */
import type { Collection, Document, UpdateOptions } from 'mongodb';
import { expect } from 'vitest';
import { expectFailure, type Row } from '../support/storage.ts';

export interface UpdateCase {
  readonly name: string;
  readonly before: Document;
  readonly update: Document | Document[];
  readonly after: Document;
  /** Conditions besides `_id`; what the positional `$` refers to. */
  readonly where?: Document;
  readonly options?: UpdateOptions;
}

export interface UpdateMistake extends Omit<UpdateCase, 'after'> {
  readonly code: number;
}

/** Stores `before`, updates it and compares; expects exactly one match, and a modification if it changed. */
export async function checkUpdate(rows: Collection<Row>, one: UpdateCase): Promise<void> {
  const { insertedId: _id } = await rows.insertOne({ ...one.before });
  const result = await rows.updateOne({ ...one.where, _id }, one.update, one.options);
  const { _id: kept, ...after } = (await rows.findOne({ _id })) ?? {};
  expect(kept).toEqual(_id);
  expect(after).toEqual(one.after);
  expect(Object.keys(after)).toEqual(Object.keys(one.after));
  const changed = JSON.stringify(one.before) !== JSON.stringify(one.after);
  expect(result).toMatchObject({ matchedCount: 1, modifiedCount: changed ? 1 : 0, upsertedCount: 0 });
}

/** Stores `before`, expects the update to fail with the code and the document to be as it was. */
export async function checkMistake(rows: Collection<Row>, one: UpdateMistake): Promise<void> {
  const { insertedId: _id } = await rows.insertOne({ ...one.before });
  await expectFailure(one.code, rows.updateOne({ ...one.where, _id }, one.update, one.options));
  expect(await rows.findOne({ _id })).toEqual({ _id, ...one.before });
}
