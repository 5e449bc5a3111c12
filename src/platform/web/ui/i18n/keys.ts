import type { webCapabilities } from '../../../../web-capabilities.ts';
import type { WebCapability } from '../../client/capability.ts';

type Books = (typeof webCapabilities)[number] extends infer C
  ? C extends WebCapability<infer Book>
    ? Book
    : never
  : never;
type KeysOf<Book> = Book extends object ? keyof Book & string : never;

/** Every key of every listed capability; `x_one` and `x_other` are asked for as `x`. */
export type MessageKey =
  KeysOf<Books> extends infer K
    ? K extends `${infer Stem}_${'one' | 'other' | 'zero' | 'two' | 'few' | 'many'}`
      ? Stem
      : K
    : never;
