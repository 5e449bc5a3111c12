import { ImportRefused, type LimeFile, type LimeRow } from '@touchstone/domain/survey/import';
import { Parser } from 'htmlparser2';
import { setImmediate as others } from 'node:timers/promises';

/** What LimeSurvey calls the file of a survey's structure. */
export const LSS = '.lss';
/** Tags in tags: such a file has six, its themes some more. */
const DEEPEST = 20;
/** So much is read before others have their turn. */
const PIECE = 262_144;

/**
 * The tables of a `.lss`: `document` of tables of `rows` of `row` of columns. A document type, which could name entities
 * and files, is refused; entities other than XML's own stay as they are. Throws ImportRefused where it is no such file.
 */
export async function readLss(text: string): Promise<LimeFile> {
  const tables: Record<string, LimeRow[]> = Object.create(null);
  const languages: string[] = [];
  const path: string[] = [];
  let docType = '';
  let said = '';
  let row: Record<string, string> | undefined;
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (path.push(name) > DEEPEST) throw new ImportRefused('tooDeep', DEEPEST);
        if (path[0] !== 'document') throw new ImportRefused('unknown');
        said = '';
        if (isRow(path)) row = Object.create(null);
      },
      ontext: (part) => {
        said += part;
      },
      onprocessinginstruction: (name) => {
        if (name.toLowerCase() === '!doctype') throw new ImportRefused('unknown');
      },
      onclosetag: (name) => {
        const table = path[1] ?? '';
        if (isRow(path)) {
          if (row !== undefined) (tables[table] ??= []).push(row);
          row = undefined;
        } else if (row !== undefined && path.length === 5) row[name] = said;
        else if (path.length === 2 && name === 'LimeSurveyDocType') docType = said.trim();
        else if (path.length === 3 && table === 'languages' && name === 'language') languages.push(said.trim());
        path.pop();
        said = '';
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let at = 0; at < text.length; at += PIECE) {
    parser.write(text.slice(at, at + PIECE));
    await others();
  }
  parser.end();
  return { docType, languages, tables };
}

function isRow(path: readonly string[]): boolean {
  return path.length === 4 && path[2] === 'rows' && path[3] === 'row';
}
