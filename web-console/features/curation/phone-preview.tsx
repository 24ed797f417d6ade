import { useDeferredValue } from 'react';
import type { EntryList } from '../../../src/contracts/curation.ts';
import { findNumbers } from '../../../web-sync/phone-links.ts';
import { type Inline, parseMarkdown } from '../conversations/markdown.ts';
import { words } from './copy.ts';
import { sayDayOf } from './days.ts';
import type { EntryForm, Variant } from './entry-form.ts';
import { AGENT, offeredRelated } from './entry-rules.ts';

const { entry: says } = words;

/** An answer as the chat shows it on a phone: what can be tapped there is only shown here. */
export function PhonePreview(props: {
  readonly form: EntryForm;
  readonly variant: Variant;
  readonly list: Pick<EntryList, 'documents' | 'entries'>;
}) {
  const { form, variant, list } = props;
  const markdown = useDeferredValue(form[variant] ?? form.markdown);
  const sources = form.sources.flatMap(({ doc, date }) => {
    const found = list.documents.find(({ letter }) => letter === doc);
    return found === undefined ? [] : [`${found.publisher}, ${found.title} (${sayDayOf(date)})`];
  });
  const related = offeredRelated(form.related, list.entries);
  return (
    <section className="phone" aria-label={says.preview}>
      <p className="phone-caption">{says.preview}</p>
      <div className="phone-screen">
        <div className="phone-bubble">
          <p className="phone-title">{form.title}</p>
          <Answer markdown={markdown} />
          {sources.length > 0 && (
            <details>
              <summary>{says.previewSources}</summary>
              <ul className="phone-bullets">
                {sources.map((source) => (
                  <li key={source}>{source}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
        {related.length > 0 && (
          <ul className="phone-choices" aria-label={says.previewRelated}>
            {related.map(({ id, title }) => (
              <li key={id}>{id === AGENT ? says.previewAgent : title}</li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Answer({ markdown }: { readonly markdown: string }) {
  return parseMarkdown(markdown).map((block, place) => {
    const key = `${place} ${block.kind}`;
    if (block.kind === 'paragraph')
      return (
        <p key={key}>
          <Parts parts={block.children} />
        </p>
      );
    const items = block.items.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name
      <li key={index}>
        <span>
          <Parts parts={item} />
        </span>
      </li>
    ));
    return block.start === null ? (
      <ul key={key} className="phone-bullets">
        {items}
      </ul>
    ) : (
      <ol
        key={key}
        className="phone-steps"
        start={block.start}
        style={{ counterReset: `step ${block.start - 1}` }}
      >
        {items}
      </ol>
    );
  });
}

function Parts({ parts }: { readonly parts: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
  return parts.map((part, place) => <Part key={place} part={part} />);
}

function Part({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'text':
      return findNumbers(part.text).map((piece, at) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number may stand there twice
          <span key={at} className="phone-link">
            {piece.text}
          </span>
        ),
      );
    case 'strong':
      return (
        <strong>
          <Parts parts={part.children} />
        </strong>
      );
    case 'image':
      return <img src={part.src} alt={part.alt || says.previewPicture} className="phone-picture" />;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener" className="phone-link">
          {part.text}
        </a>
      );
  }
}
