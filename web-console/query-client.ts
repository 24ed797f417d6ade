import { QueryClient } from '@tanstack/react-query';
import { isApiError } from './api.ts';

const TRIES = 3;
const FRESH_MS = 10_000;

/** What was read from the desk, kept for the screens. Only what may get better by itself is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < TRIES - 1 && isPassing(error),
      },
      mutations: { retry: false },
    },
  });
}

function isPassing(error: Error): boolean {
  return isApiError(error) && ['offline', 'unreadable', 'store_unavailable'].includes(error.code);
}
