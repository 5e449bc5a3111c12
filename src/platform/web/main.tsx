// Before everything else, where it did not run already while this was on its way.
import './early.ts';
// First: what a component says of itself overrules the library's styles.
import './ui/theme/styles.ts';
import { createRoot } from 'react-dom/client';
import { webCapabilities } from '../../web-capabilities.ts';
import { App } from './shell/app.tsx';

const host = document.getElementById('app');
if (host === null) throw new Error('The page has no place for the app.');
createRoot(host).render(<App capabilities={webCapabilities} />);
