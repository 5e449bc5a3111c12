import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.mjs';

export interface ListedPage {
  /** The capability that lists it. */
  readonly capability: string;
  /** `/unify/people/$personId` */
  readonly path: string;
  readonly permission: string;
}

/**
 * Every page of the app, as the capabilities of src/web-capabilities.ts list them. Read from their files, since they run in a
 * browser only; throws where one lists a page in a way that this cannot read, so that none is left out.
 */
export function listedPages(): readonly ListedPage[] {
  const list = readFileSync(join(ROOT, 'src/web-capabilities.ts'), 'utf8');
  const files = [...list.matchAll(/from '\.\/(.+)';/g)].map(([, file = '']) => file);
  return files.flatMap((file) => {
    const text = readFileSync(join(ROOT, 'src', file), 'utf8');
    const capability = /^ {2}key: '(\w+)'/m.exec(text)?.[1];
    const pages = [...text.matchAll(/\bpath: '([^']+)',\s*permission: '([^']+)'/g)];
    // Each page has one way to be loaded.
    const loaded = [...text.matchAll(/\bload: /g)].length;
    if (capability === undefined || pages.length !== loaded) {
      throw new Error(`src/${file} lists ${loaded} pages, and ${pages.length} with their path and permission.`);
    }
    return pages.map(([, path = '', permission = '']) => ({ capability, path, permission }));
  });
}
