import { copy } from '../../copy.ts';
import { type Inline, parseMarkdown } from './markdown.ts';

/** Markdown as elements: what is not one of the few forms stays the text it is. */
export function MarkdownView({ markdown }: { readonly markdown: string }) {
  return (
    <div className="markdown">
      {parseMarkdown(markdown).map((block, place) => {
        const key = `${place} ${block.kind}`;
        if (block.kind === 'paragraph')
          return (
            <p key={key}>
              <Parts parts={block.children} />
            </p>
          );
        const items = block.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text of a message does not change
          <li key={index}>
            <Parts parts={item} />
          </li>
        ));
        return block.start === null ? (
          <ul key={key}>{items}</ul>
        ) : (
          <ol key={key} start={block.start}>
            {items}
          </ol>
        );
      })}
    </div>
  );
}

function Parts({ parts }: { readonly parts: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text of a message does not change
  return parts.map((part, place) => <Part key={place} part={part} />);
}

function Part({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return (
        <strong>
          <Parts parts={part.children} />
        </strong>
      );
    case 'image':
      return (
        <a href={part.src} target="_blank" rel="noopener">
          <img src={part.src} alt={part.alt || copy.conversations.picture} loading="lazy" />
        </a>
      );
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener">
          {part.text}
        </a>
      );
  }
}
