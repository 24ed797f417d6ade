import { defineConfig } from 'vitest/config';

/** They start several processes or make one too busy on purpose: beside others they would prove something about those. */
const ALONE = [
  'test/chaos/**/*.test.ts',
  'test/journeys/{cluster,shutdown,soak}.test.ts',
  'test/security/{fuzz,overload,patterns}.test.ts',
];

/** How long a busy machine may take to show what a poll looks for. */
const WAIT = { poll: { timeout: 15_000 } };

// Reading the server, or a browser's driver, anew for each file costs more than most files do: files are not isolated.
export default defineConfig({
  test: {
    // Training is work for a core, stores wait for the disk: one test file a core keeps both busy.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/journeys/**', 'test/security/**', 'test/chaos/**', 'test/storage*/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'storage',
          // The faults are of the embedded store alone.
          include: [
            'test/storage/**/*.test.ts',
            'test/storage-room/**/*.test.ts',
            'test/storage-moving/**/*.test.ts',
            ...(process.env['MONGODB_URI'] ? [] : ['test/storage-faults/**/*.test.ts']),
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts', 'test/security/**/*.test.ts', 'test/chaos/**/*.test.ts'],
          exclude: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'test/support/prepare-journeys.ts',
          isolate: false,
          expect: WAIT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'test/support/prepare-journeys.ts',
          fileParallelism: false,
          expect: WAIT,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
