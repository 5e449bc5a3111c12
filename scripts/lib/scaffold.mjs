import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from './run.mjs';
import { filesBelow, read } from './tree.mjs';

const WINGS = ['core', 'unify', 'listen', 'measure', 'understand', 'act'];

/** Adds an import and an entry to a list that ends with `close`. */
function enlist(root, file, importLine, entry, close) {
  const text = readFileSync(join(root, file), 'utf8');
  const end = text.lastIndexOf(close);
  if (end === -1) throw new Error(`${file} has no list that ends with ${close}`);
  const imports = [...text.matchAll(/^import .*;$/gm)];
  const last = imports.at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length + 1;
  const before = text.slice(at, end).trimEnd();
  const comma = /[[{,]$/.test(before) ? '' : ',';
  writeFileSync(
    join(root, file),
    `${text.slice(0, at)}${importLine}\n${before.replace(/^\n?/, '\n')}${comma}\n  ${entry},\n${text.slice(end)}`,
  );
}

function usedPrefixes(root) {
  const specs = filesBelow(root, (n) => n.endsWith('SPEC.md'));
  return new Set(specs.flatMap((n) => [...read(root, n).matchAll(/\*\*([A-Z]{2})\d+\*\*/g)].map((m) => m[1])));
}

/** What a new capability starts with; `name` is its folder, `prefix` that of its promises. */
function files(wing, name, prefix) {
  const title = name[0].toUpperCase() + name.slice(1);
  return {
    'SPEC.md': `# ${title}\n\nWhat it is for, in a sentence.\n\n- **${prefix}1** Whoever may read the workspace learns that ${name} is there.\n`,
    'contract.ts': `import { z } from 'zod';
import { operation } from '../../platform/kernel/contract.ts';

export const ${name}Contract = {
  status: operation({ method: 'GET', path: '/${name}/status', permission: 'workspace:read', summary: 'Whether ${name} is there' })
    .input(z.object({}))
    .output(z.object({ workspaceId: z.string() })),
};
`,
    'handlers.ts': `import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/kernel/context.ts';
import { ${name}Contract } from './contract.ts';

export function ${name}Handlers() {
  const os = implement(${name}Contract).$context<RequestContext>();
  return os.router({
    status: os.status.handler(({ context }) => ({ workspaceId: context.workspace.id })),
  });
}
`,
    'capability.ts': `import type { Capability } from '../../platform/house/house.ts';
import { ${name}Contract } from './contract.ts';
import { ${name}Handlers } from './handlers.ts';

export const ${name}: Capability = {
  name: '${wing}/${name}',
  key: '${name}',
  contract: ${name}Contract,
  plug: () => ({ handlers: ${name}Handlers() }),
};
`,
    [`${name}.test.ts`]: `import { expect, test } from 'vitest';
import { ${name} } from './capability.ts';

test('[${prefix}1] it is plugged in under its own key', () => {
  expect(${name}).toMatchObject({ name: '${wing}/${name}', key: '${name}' });
});
`,
  };
}

/**
 * Makes the folder of a capability and its lines in the static lists.
 * @param {string} root the project
 * @param {string | undefined} path wing and name: `measure/targets`
 * @param {string | undefined} prefix two capital letters for its promises
 * @returns {Promise<string[]>} the files made or changed
 */
export async function makeCapability(root, path, prefix) {
  const [wing, name, ...rest] = (path ?? '').split('/');
  if (!WINGS.includes(wing) || !/^[a-z][a-z0-9]*$/.test(name ?? '') || rest.length > 0) {
    throw new Error(
      `Usage: ./touchstone new-capability WING/NAME PREFIX, as in measure/targets TG. WING is one of ${WINGS.join(', ')}; NAME is one word in small letters.`,
    );
  }
  if (!/^[A-Z]{2}$/.test(prefix ?? ''))
    throw new Error('PREFIX is two capital letters, as in TG: the promises are TG1, TG2 and so on.');
  if (usedPrefixes(root).has(prefix)) throw new Error(`The prefix ${prefix} is taken by another SPEC.md.`);
  const folder = `src/${wing}/${name}`;
  if (existsSync(join(root, folder))) throw new Error(`${folder} is there already.`);
  const list = 'src/server-capabilities.ts';
  if (new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, 'src/contract.ts'), 'utf8'))) {
    throw new Error(`The API has a key ${name} already.`);
  }
  const made = [];
  for (const [file, text] of Object.entries(files(wing, name, prefix))) {
    mkdirSync(dirname(join(root, folder, file)), { recursive: true });
    writeFileSync(join(root, folder, file), text);
    made.push(`${folder}/${file}`);
  }
  enlist(root, list, `import { ${name} } from './${wing}/${name}/capability.ts';`, name, '];');
  enlist(
    root,
    'src/contract.ts',
    `import { ${name}Contract } from './${wing}/${name}/contract.ts';`,
    `${name}: ${name}Contract`,
    '};',
  );
  made.push(list, 'src/contract.ts');
  await tool(
    'oxfmt',
    made.filter((file) => file.endsWith('.ts')).map((file) => join(root, file)),
    { cwd: root },
  );
  return made;
}
