import mongoose, { type Connection, Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';

const storage = await openStorage('mongoose');
const { it } = storage;
const connection: Connection = await mongoose
  .createConnection(storage.uri, { dbName: storage.db.databaseName })
  .asPromise();

afterAll(() => connection.close());

const Office = connection.model(
  'Office',
  new Schema({ _id: String, name: { type: String, required: true } }),
);

const noteSchema = new Schema({ text: String, by: String }, { timestamps: true });
const ticketSchema = new Schema(
  {
    code: { type: String, required: true, unique: true },
    status: { type: String, enum: ['new', 'closed'], default: 'new' },
    office: { type: String, ref: 'Office' },
    watchers: [{ type: String, ref: 'Office' }],
    notes: [noteSchema],
    labels: { type: Map, of: String },
    views: { type: Number, default: 0 },
  },
  { timestamps: true, toJSON: { virtuals: true } },
);
ticketSchema.virtual('related', { ref: 'Ticket', localField: 'office', foreignField: 'office' });
const Ticket = connection.model('Ticket', ticketSchema);

let made = 0;
const newCode = (): string => {
  made += 1;
  return `PA-${made}`;
};

beforeAll(async () => {
  await Ticket.init();
  await Office.create([
    { _id: 'hue', name: 'Huế' },
    { _id: 'vinh', name: 'Vinh' },
  ]);
});

describe('documents', () => {
  it('get defaults, a version and times', async () => {
    const ticket = await Ticket.create({ code: newCode() });
    const stored = await Ticket.findById(ticket._id).lean();
    expect(stored).toMatchObject({ status: 'new', views: 0, __v: 0, notes: [], watchers: [] });
    expect(stored?.createdAt).toBeInstanceOf(Date);
    expect(stored?.updatedAt).toEqual(stored?.createdAt);
  });

  it('are checked before they are stored', async () => {
    await expect(Ticket.create({ code: newCode(), status: 'lost' as 'new' })).rejects.toThrow(
      'is not a valid enum value',
    );
    await expect(new Ticket().save()).rejects.toThrow('Path `code` is required');
  });

  it('change their time of update when saved', async () => {
    const ticket = await Ticket.create({ code: newCode() });
    const before = ticket.updatedAt.getTime();
    ticket.status = 'closed';
    await ticket.save();
    const stored = await Ticket.findById(ticket._id).orFail();
    expect(stored.updatedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(stored.createdAt).toEqual(ticket.createdAt);
    expect(stored.status).toBe('closed');
  });

  it('lean ones are plain objects', async () => {
    const { _id } = await Ticket.create({ code: newCode() });
    const lean = await Ticket.findById(_id).lean();
    expect(Object.getPrototypeOf(lean)).toBe(Object.prototype);
  });

  it('keep arrays of subdocuments with ids and times of their own', async () => {
    const ticket = await Ticket.create({ code: newCode(), notes: [{ text: 'một' }, { text: 'hai' }] });
    ticket.notes.push({ text: 'ba', by: 'An' });
    ticket.notes[0]?.set('text', 'MỘT');
    await ticket.save();
    ticket.notes[1]?.deleteOne();
    await ticket.save();
    const stored = await Ticket.findById(ticket._id).orFail();
    expect(stored.notes.map((note) => note.text)).toEqual(['MỘT', 'ba']);
    expect(stored.notes[0]?.createdAt).toBeInstanceOf(Date);
  });

  it('keep maps', async () => {
    const ticket = await Ticket.create({ code: newCode(), labels: { area: 'Huế' } });
    ticket.labels?.set('kind', 'phản ánh');
    await ticket.save();
    const stored = await Ticket.findById(ticket._id).orFail();
    expect(Object.fromEntries(stored.labels ?? [])).toEqual({ area: 'Huế', kind: 'phản ánh' });
    expect(await Ticket.countDocuments({ 'labels.area': 'Huế' })).toBe(1);
  });
});

describe('versions', () => {
  it('two changes of the same array conflict', async () => {
    const { _id } = await Ticket.create({ code: newCode(), notes: [{ text: 'a' }, { text: 'b' }] });
    const one = await Ticket.findById(_id).orFail();
    const other = await Ticket.findById(_id).orFail();
    one.notes.splice(0, 1);
    await one.save();
    other.notes[1]?.set('text', 'B');
    await expect(other.save()).rejects.toBeInstanceOf(mongoose.Error.VersionError);
    expect((await Ticket.findById(_id).orFail()).notes.map((note) => note.text)).toEqual(['b']);
  });

  it('with optimistic concurrency any two changes conflict', async () => {
    const schema = new Schema({ n: Number }, { optimisticConcurrency: true });
    const Careful = connection.model('Careful', schema);
    const { _id } = await Careful.create({ n: 1 });
    const one = await Careful.findById(_id).orFail();
    const other = await Careful.findById(_id).orFail();
    one.n = 2;
    other.n = 3;
    await one.save();
    await expect(other.save()).rejects.toBeInstanceOf(mongoose.Error.VersionError);
    expect(await Careful.findById(_id).lean()).toMatchObject({ n: 2, __v: 1 });
  });

  it('saving what was deleted is an error', async () => {
    const ticket = await Ticket.create({ code: newCode() });
    await Ticket.deleteOne({ _id: ticket._id });
    ticket.status = 'closed';
    await expect(ticket.save()).rejects.toBeInstanceOf(mongoose.Error.DocumentNotFoundError);
  });
});

describe('populate', () => {
  it('fills one reference, a list of them and a virtual one', async () => {
    const code = newCode();
    await Ticket.create({ code, office: 'hue', watchers: ['vinh', 'hue'] });
    const ticket = await Ticket.findOne({ code })
      .populate<{ office: { name: string } }>('office')
      .populate<{ watchers: { name: string }[] }>('watchers')
      .orFail();
    expect(ticket.office.name).toBe('Huế');
    expect(ticket.watchers.map((office) => office.name)).toEqual(['Vinh', 'Huế']);
    const withRelated = await Ticket.findOne({ code }).populate<{ related: unknown[] }>('related').orFail();
    expect(withRelated.related).toHaveLength(await Ticket.countDocuments({ office: 'hue' }));
  });

  it('leaves null for what is gone', async () => {
    const code = newCode();
    await Ticket.create({ code, office: 'lost' });
    expect((await Ticket.findOne({ code }).populate('office').orFail()).office).toBeNull();
  });
});

describe('queries', () => {
  it('cursor() goes over all in batches', async () => {
    const codes = Array.from({ length: 250 }, newCode);
    await Ticket.insertMany(codes.map((code) => ({ code, views: 77 })));
    const seen: string[] = [];
    for await (const ticket of Ticket.find({ views: 77 }).sort({ _id: 1 }).batchSize(30).cursor()) {
      seen.push(ticket.code);
    }
    expect(seen).toEqual(codes);
  });

  it('findOneAndUpdate upserts with the schema’s defaults', async () => {
    const code = newCode();
    const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const;
    const ticket = await Ticket.findOneAndUpdate({ code }, { $inc: { views: 1 } }, options);
    expect(ticket).toMatchObject({ code, status: 'new', views: 1 });
    expect(ticket?.createdAt).toBeInstanceOf(Date);
  });

  it('bulkWrite does many things and keeps times', async () => {
    const [first, second] = [newCode(), newCode()];
    const result = await Ticket.bulkWrite([
      { insertOne: { document: { code: first } } },
      { updateOne: { filter: { code: second }, update: { $set: { views: 3 } }, upsert: true } },
      { updateMany: { filter: { code: { $in: [first, second] } }, update: { $inc: { views: 1 } } } },
      { deleteOne: { filter: { code: first } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, upsertedCount: 1, modifiedCount: 2, deletedCount: 1 });
    expect(await Ticket.findOne({ code: second }).lean()).toMatchObject({
      views: 4,
      createdAt: expect.any(Date),
    });
  });

  it('aggregate groups', async () => {
    const label = newCode();
    await Ticket.create([
      { code: newCode(), labels: { label }, views: 2 },
      { code: newCode(), labels: { label }, views: 5 },
    ]);
    const sums = await Ticket.aggregate([
      { $match: { 'labels.label': label } },
      { $group: { _id: '$status', views: { $sum: '$views' } } },
    ]);
    expect(sums).toEqual([{ _id: 'new', views: 7 }]);
  });

  it('exists, distinct and counts', async () => {
    const code = newCode();
    const ticket = await Ticket.create({ code });
    expect(await Ticket.exists({ code })).toEqual({ _id: ticket._id });
    expect(await Ticket.exists({ code: 'none' })).toBeNull();
    expect(await Ticket.distinct('code', { code })).toEqual([code]);
    expect(await Ticket.countDocuments({ code: { $in: [code, 'none'] } })).toBe(1);
  });
});

describe('models', () => {
  it('with discriminators share a collection', async () => {
    const Event = connection.model('Event', new Schema({ at: Number }, { discriminatorKey: 'kind' }));
    const Call = Event.discriminator('Call', new Schema({ phone: String }));
    const Mail = Event.discriminator('Mail', new Schema({ address: String }));
    await Call.create({ at: 1, phone: '1' });
    await Mail.create({ at: 2, address: 'an@example.vn' });
    expect(await Call.find().lean()).toMatchObject([{ kind: 'Call', phone: '1' }]);
    const all = await Event.find().sort({ at: 1 });
    expect(all.map((event) => event.constructor)).toEqual([Call, Mail]);
  });

  it('with a unique field pass the server’s error on', async () => {
    const code = newCode();
    await Ticket.create({ code });
    await expect(Ticket.create({ code })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { code: 1 },
      keyValue: { code },
    });
  });

  it('bring the store’s indexes in line with the schema’s', async () => {
    const schema = new Schema({ a: Number, b: Number, at: Date });
    schema.index({ a: 1, b: -1 });
    schema.index({ at: 1 }, { expires: '1h' });
    const Indexed = connection.model('Indexed', schema);
    await Indexed.init();
    await Indexed.collection.createIndex({ b: 1 }, { name: 'stray' });
    expect(await Indexed.diffIndexes()).toEqual({ toDrop: ['stray'], toCreate: [] });
    expect(await Indexed.syncIndexes()).toEqual(['stray']);
    const names = (await Indexed.listIndexes()).map((index) => index['name']);
    expect(names).toEqual(['_id_', 'a_1_b_-1', 'at_1']);
    expect(await Indexed.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
  });
});
