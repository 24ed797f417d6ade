/** Saves a text as a file. @returns false where the browser cannot */
export function saveTextFile(name: string, text: string): boolean {
  const link = document.createElement('a');
  if (!('download' in link)) return false;
  // With the mark that makes old editors on Windows read it as UTF-8.
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
