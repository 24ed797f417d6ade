/** What a new answer must have before it is saved. Pure. */
import type { EntryList } from '../../../src/contracts/curation.ts';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';
import { isName, isTopicId } from './entry-rules.ts';

const { newEntry: says } = words;
const LONGEST_ID = 60;

export type NewEntryField = 'topicTitle' | 'topicId' | 'entry.title' | 'name' | 'entry.markdown';

export interface NewEntry {
  /** null: it goes to a topic that there is. */
  readonly topic: { readonly id: string; readonly title: string } | null;
  readonly topics: EntryList['topics'];
  readonly title: string;
  readonly name: string;
  readonly id: string;
  readonly markdown: string;
}

/** All that is wrong, at the fields; null: nothing. */
export function checkNewEntry(entry: NewEntry): Partial<Record<NewEntryField, string>> | null {
  const { topic, topics, title, name, id, markdown } = entry;
  const faults: Partial<Record<NewEntryField, string>> = {};
  if (topic !== null) {
    if (topic.title.trim() === '') faults.topicTitle = copy.failures.required;
    if (topic.id === '') faults.topicId = copy.failures.required;
    else if (!isTopicId(topic.id)) faults.topicId = says.topicIdMalformed;
    else if (topics.some((one) => one.id === topic.id)) faults.topicId = says.topicExists;
  }
  if (title.trim() === '') faults['entry.title'] = copy.failures.required;
  if (name === '') faults.name = copy.failures.required;
  else if (!isName(name) || id.length > LONGEST_ID) faults.name = says.nameMalformed;
  if (markdown.trim() === '') faults['entry.markdown'] = copy.failures.required;
  return Object.keys(faults).length === 0 ? null : faults;
}
