export {
  type Condition,
  EVERYTHING,
  LIMITS,
  OPS,
  type Op,
  type Predicate,
  PredicateError,
  type Scalar,
  both,
  fieldsOf,
  isEverything,
  normalise,
} from './tree.ts';
export { parseTree } from './parse.ts';
export { parseText, printText } from './text.ts';
export { type FieldValue, type Test, compareCodePoints, compileTest, evaluate, jsonValue } from './evaluate.ts';
export { type Bind, type CompiledSql, type ResolveField, type SqlField, compileSql, jsonField } from './compile.ts';
