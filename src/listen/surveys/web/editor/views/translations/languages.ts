/** Languages offered to add, those first in which the words around a survey are written too. Imports may bring any. */
export const LANGUAGES_TO_ADD: readonly string[] = (
  'en ru pl sl fa ar az be bg bn bs ca cs da de el es et eu fi fr ga gl gu he hi hr hu hy id is it ja ka kk ko ku ky lt lv ' +
  'mk mn mr ms nb nl pa pa-Arab ps pt pt-BR ro sk sq sr sv sw ta tg th tk tr uk ur uz vi zh-Hans zh-Hant'
).split(' ');
