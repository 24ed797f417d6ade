import { Text } from '@mantine/core';
import IconFileTypePdf from '@tabler/icons-react/icons/IconFileTypePdf';
import type { Bubble } from '../../../src/contracts/chat.ts';
import { copy } from '../../copy.ts';
import { fileAddress, formatSize } from './file-size.ts';
import { MarkdownView } from './markdown-view.tsx';
import { OfficeBubble } from './office-bubble.tsx';

const words = copy.conversations;

/** What stands in one bubble, as the contact sees it too. */
export function BubbleView({ bubble }: { readonly bubble: Bubble }) {
  switch (bubble.kind) {
    case 'text':
      return <MarkdownView markdown={bubble.markdown} />;
    case 'answer':
      return (
        <>
          <p className="bubble-title">{bubble.title}</p>
          <MarkdownView markdown={bubble.markdown} />
        </>
      );
    case 'summary':
      return <Rows title={bubble.title} rows={bubble.rows} />;
    case 'ticket':
      return (
        <>
          <Rows title={`${bubble.title} · ${bubble.code}`} rows={bubble.rows} />
          {bubble.url !== undefined && (
            <a href={`/${bubble.url}`} target="_blank" rel="noopener">
              {words.openCitizenTicket}
            </a>
          )}
        </>
      );
    case 'offices':
      return bubble.offices.map((office) => <OfficeBubble key={office.code} office={office} />);
    case 'file':
      return <FileBubble {...bubble} />;
  }
}

function Rows(props: { readonly title: string; readonly rows: readonly { label: string; value: string }[] }) {
  return (
    <>
      <p className="bubble-title">{props.title}</p>
      <dl className="bubble-rows">
        {props.rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface FileBubbleProps {
  readonly url: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** A picture as a picture, anything else as a link. */
function FileBubble({ url, name, type, size }: FileBubbleProps) {
  const address = fileAddress(url);
  const isImage = type.startsWith('image/');
  return (
    <a
      className="bubble-file"
      data-image={isImage}
      href={address}
      target="_blank"
      rel="noopener"
      aria-label={words.openFile(name)}
    >
      {isImage ? (
        <img src={address} alt="" loading="lazy" />
      ) : (
        <IconFileTypePdf size={28} stroke={1.5} aria-hidden />
      )}
      <span className="bubble-file-name">
        <Text size="sm" component="span" truncate>
          {name}
        </Text>
        <Text size="xs" component="span">
          {formatSize(size)}
        </Text>
      </span>
    </a>
  );
}
