/** Where the log is scrolled to. It jumps rather than glides: moving text is hard to follow for many. */

export interface Scroll {
  /** Changes the rows while what is read stays where it is. */
  readonly around: (change: () => void) => void;
  readonly toEnd: () => void;
  /** To the first of the messages that came while something older was being read. */
  readonly toNew: () => void;
  /** Something has come; `first` is where its reading begins. null: only what the person wrote. */
  readonly onArrival: (first: Element | null) => void;
  /** Is the newest message on screen, or what was put there when it came? */
  readonly isFollowing: () => boolean;
}

/** So close to the end counts as the end. */
const NEAR_PX = 64;
/** So close to the beginning, earlier messages are fetched. */
const TOP_PX = 80;
const GAP_PX = 12;
const ANCHORS = 5;
/** A question that takes no more of the screen is shown with its answer. */
const QUESTION_SHARE = 0.25;

export function createScroll(
  box: HTMLElement,
  list: HTMLElement,
  pill: HTMLElement,
  loadEarlier: () => void,
  onSeen: () => void,
): Scroll {
  let following = true;
  let firstUnseen: Element | null = null;
  /** Where the chat itself has scrolled to: such a scroll is not the person's. */
  let ownTop = -1;
  let lastTop = 0;

  const fromEnd = (): number => box.scrollHeight - box.clientHeight - box.scrollTop;
  const goTo = (top: number): void => {
    box.scrollTop = top;
    ownTop = box.scrollTop;
    lastTop = ownTop;
  };
  const follow = (): void => {
    following = true;
    firstUnseen = null;
    pill.hidden = true;
    onSeen();
  };
  const toEnd = (): void => {
    goTo(box.scrollHeight);
    follow();
  };
  /** The end, unless the beginning of what is to be read would then be out of sight. */
  const toReading = (first: Element | null): void => {
    const question = first?.previousElementSibling;
    const withQuestion =
      question && question.clientHeight < box.clientHeight * QUESTION_SHARE ? question : first;
    const top = withQuestion === null ? Number.POSITIVE_INFINITY : topOf(withQuestion) - GAP_PX;
    goTo(Math.min(top, box.scrollHeight - box.clientHeight));
    follow();
  };
  const topOf = (node: Element): number =>
    node.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;

  box.addEventListener(
    'scroll',
    () => {
      const top = box.scrollTop;
      if (Math.abs(top - ownTop) < 2) return;
      ownTop = -1;
      const upwards = top < lastTop;
      lastTop = top;
      if (fromEnd() < NEAR_PX) {
        if (!following) follow();
      } else if (upwards) following = false;
      if (upwards && top < TOP_PX) loadEarlier();
    },
    { passive: true },
  );

  // The keyboard opens, a text grows: what was at the end stays there.
  let height = 0;
  let wasAtEnd = true;
  const settle = (): void => {
    if (height !== 0 && box.clientHeight !== height && following && wasAtEnd) goTo(box.scrollHeight);
    height = box.clientHeight;
    wasAtEnd = fromEnd() < NEAR_PX;
  };
  if (typeof ResizeObserver === 'function') {
    const observer = new ResizeObserver(settle);
    observer.observe(box);
    observer.observe(list);
  } else addEventListener('resize', settle);

  return {
    toEnd,
    toNew: () => toReading(firstUnseen),
    isFollowing: () => following,
    around(change) {
      const atEnd = following && fromEnd() < NEAR_PX;
      const boxTop = box.getBoundingClientRect().top;
      // Several: the first one may be built anew by the change.
      const anchors = Array.from(list.children, (row) => ({ row, at: row.getBoundingClientRect() }))
        .filter(({ row, at }) => at.bottom > boxTop && !row.matches('.earlier, .day'))
        .slice(0, ANCHORS);
      change();
      const anchor = anchors.find(({ row }) => row.isConnected);
      if (atEnd) goTo(box.scrollHeight);
      else if (anchor) goTo(box.scrollTop + anchor.row.getBoundingClientRect().top - anchor.at.top);
    },
    onArrival(first) {
      if (following) toReading(first);
      else if (first !== null) {
        firstUnseen ??= first;
        pill.hidden = false;
      }
    },
  };
}
