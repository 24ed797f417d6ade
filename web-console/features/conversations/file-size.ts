/** "340 KB", "1,2 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  return `${(bytes / 1_000_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} MB`;
}

/** Where a file of a bubble is read; its address is relative to the API. */
export function fileAddress(url: string): string {
  return `/api/v1/${url}`;
}
