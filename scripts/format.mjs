import { tool } from './lib/run.mjs';

const { code } = await tool('oxfmt', process.argv.includes('--check') ? ['--check', '.'] : ['.'], { show: true });
process.exitCode = code;
