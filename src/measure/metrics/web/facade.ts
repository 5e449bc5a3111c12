/** How figures and groups are written, lent to pages of other capabilities. `parts.ts` lends what is drawn. */
export { levelWords, withLevel, withoutLevel } from './levels.ts';
export { propertyOptions, type Names } from './names.ts';
export {
  bucketWords,
  differenceWords,
  pairsOf,
  pickedVerdict,
  toneOf,
  withHalf,
  writerOf,
  type Writer,
} from './writing.ts';
