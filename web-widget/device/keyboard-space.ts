/**
 * Keeps the input above the keyboard. Android makes the page smaller by itself (interactive-widget in widget.html);
 * iPhones lay the keyboard over it and tell only the visual viewport.
 */
export function keepAboveKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const { style } = document.documentElement;
  const fit = (): void => {
    const covered = viewport.scale === 1 && innerHeight - viewport.height > 1;
    if (covered) {
      style.setProperty('--app-height', `${viewport.height}px`);
      style.setProperty('--app-top', `${viewport.offsetTop}px`);
    } else {
      style.removeProperty('--app-height');
      style.removeProperty('--app-top');
    }
  };
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
}
