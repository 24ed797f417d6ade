/** One line that keeps itself up to date on a terminal; elsewhere (a log, a pipe) a new line now and then. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  /** May be exceeded: a store that is written to grows while it is read. */
  readonly total: number;
  readonly unit: 'documents' | 'bytes';
}

export interface ProgressLine {
  show(progress: Progress): void;
  /** Clears the line. */
  end(): void;
}

/** Terminals flicker above some ten changes a second. */
const TERMINAL_EVERY_MS = 100;
const LOG_EVERY_MS = 5000;
const BAR_CELLS = 24;

/** @param stream usually stderr, so that the result on stdout stays clean */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  const everyMs = stream.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS;
  let shownAt = performance.now() - (stream.isTTY ? everyMs : 0);
  let open = false;
  return {
    show(progress) {
      if (performance.now() - shownAt < everyMs) return;
      shownAt = performance.now();
      open = stream.isTTY;
      stream.write(stream.isTTY ? `\r\x1b[K${formatProgress(progress)}` : `${formatProgress(progress)}\n`);
    },
    end() {
      if (open) stream.write('\r\x1b[K');
      open = false;
    },
  };
}

function formatProgress({ phase, done, total, unit }: Progress): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const cells = Math.round(share * BAR_CELLS);
  const bar = `${'█'.repeat(cells)}${'░'.repeat(BAR_CELLS - cells)}`;
  const amounts =
    unit === 'bytes'
      ? `${formatBytes(done)} of ${formatBytes(total)}`
      : `${formatCount(done)} of ${formatCount(total)} documents`;
  return `${phase} ${bar} ${String(Math.floor(share * 100)).padStart(3)} % ${amounts}`;
}

/** @returns such as `12,345` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** @returns such as `3.2 MB`, with powers of ten */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const unit = ['bytes', 'kB', 'MB', 'GB', 'TB'][power];
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${unit}`;
}
