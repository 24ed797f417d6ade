/** Marks put into a text around the caret. Pure. */

export interface Typed {
  readonly text: string;
  /** What is selected. */
  readonly from: number;
  readonly to: number;
}

/** @param otherwise stands between the marks, selected, where nothing was */
export function surround({ text, from, to }: Typed, open: string, close: string, otherwise: string): Typed {
  const inner = text.slice(from, to) || otherwise;
  return {
    text: text.slice(0, from) + open + inner + close + text.slice(to),
    from: from + open.length,
    to: from + open.length + inner.length,
  };
}

const MARK = /^(?:-|\d{1,9}\.)\s+/;

/** Makes the selected lines a list; those of one already become plain again. */
export function markLines({ text, from, to }: Typed, list: 'steps' | 'bullets'): Typed {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const after = text.indexOf('\n', to);
  const end = after === -1 ? text.length : after;
  const lines = text.slice(start, end).split('\n');
  const wanted = list === 'steps' ? /^\d{1,9}\.\s/ : /^-\s/;
  const isListed = lines.every((line) => line.trim() === '' || wanted.test(line));
  let step = 0;
  const marked = lines.map((line) => {
    const plain = line.replace(MARK, '');
    if (isListed && plain !== '') return plain;
    if (plain.trim() === '' && lines.length > 1) return line;
    return list === 'steps' ? `${++step}. ${plain}` : `- ${plain}`;
  });
  const whole = marked.join('\n');
  return {
    text: text.slice(0, start) + whole + text.slice(end),
    from: start + whole.length,
    to: start + whole.length,
  };
}

/** A picture stands in a paragraph of its own; its description is selected, to be typed. */
export function insertPicture({ text, to }: Typed, address: string, description: string): Typed {
  const before = text.slice(0, to).trimEnd();
  const after = text.slice(to).trimStart();
  const head = `${before}${before === '' ? '' : '\n\n'}![`;
  return {
    text: `${head}${description}](${address})${after === '' ? '\n' : '\n\n'}${after}`,
    from: head.length,
    to: head.length + description.length,
  };
}
