/** Starts the console in the page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { BrokenPage } from './shell/broken-page.tsx';

const place = document.getElementById('console');
if (place === null) throw new Error('the page has no #console');
const root = createRoot(place, {
  // What no screen caught: React has taken everything off the page by then.
  onUncaughtError(error) {
    console.error(error);
    setTimeout(() => root.render(<BrokenPage error={error} />));
  },
});
root.render(<App />);
