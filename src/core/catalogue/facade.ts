export type { BookRule, RuleBook } from './book.ts';
export { type Classifiable, type Classifier, type Place, compileRules } from './classify.ts';
export { type RulesSql, compileRulesSql } from './facts/rules.ts';
export { type CatalogueHouse, type CatalogueNames, catalogueNames, loadRules, placeNames } from './loading.ts';
export { changeCatalogue } from './saving.ts';
