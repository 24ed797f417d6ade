import { defineConfig } from 'vitest/config';

/** They start several processes or make one too busy on purpose: beside others they would prove something about those. */
const ALONE = [
  'test/chaos/**/*.test.ts',
  'test/journeys/{cluster,readme,shutdown,soak}.test.ts',
  'test/security/{fuzz,overload,patterns}.test.ts',
];

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
          // Reading the server and the browser's driver anew for each file costs more than most files do.
          isolate: false,
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
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
