// A thread starts without its parent's loader, and this project runs TypeScript as it is.
import { register } from 'tsx/esm/api';

register();
await import('./workshop-worker.ts');
