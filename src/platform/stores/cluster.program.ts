import { writeClusterTemplate } from './cluster.ts';
import { embeddedBinDir } from './postgres-engine.ts';

// `cluster FILE`: makes the cluster that first starts copy. The build runs it.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Say where the cluster is to lie: cluster FILE.');
await writeClusterTemplate(file, await embeddedBinDir());
