import { defineConfig } from 'vitest/config';

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
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
