/** Saves a text as a file. @returns false where the browser cannot */
export function saveTextFile(name: string, text: string): boolean {
  // With the mark that makes old editors on Windows read it as UTF-8.
  return saveFile(name, new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
}

/** @returns false where the browser cannot */
export function saveFile(name: string, content: Blob): boolean {
  const link = document.createElement('a');
  if (!('download' in link)) return false;
  link.href = URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
