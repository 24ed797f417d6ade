import type { StaffMessage } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { Confidence } from './confidence.tsx';
import { likelyOf } from './likely.ts';

const words = copy.conversations;

/** How the engine took a message: in a line, and its candidates when that is opened. */
export function UnderstandingLine({ decision, candidates }: NonNullable<StaffMessage['understanding']>) {
  const likely = likelyOf(candidates);
  const [best] = likely;
  if (best === undefined) return null;
  return (
    <details className="understanding">
      <summary>
        {words.understood[decision]}: {best.title} ({Math.round(best.confidence * 100)}%)
      </summary>
      <ul>
        {likely.map(({ intent, title, confidence }) => (
          <li key={intent}>
            <span>{title}</span>
            <Confidence value={confidence} />
          </li>
        ))}
      </ul>
    </details>
  );
}
