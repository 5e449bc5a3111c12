/** Files as other programs pack them, for tests: zip archives and workbooks of any parts. */
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** A zip archive of texts under their names. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name);
  zip.end();
  return Buffer.from(await buffer(zip.outputStream));
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

interface Book {
  /** The XML of each sheet's rows, by name; `hidden:` before a name hides it. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The XML of each shared text. */
  readonly texts?: readonly string[];
  /** Format codes of the cells' styles, from 0. */
  readonly styles?: readonly string[];
  readonly epoch1904?: boolean;
}

/** A workbook as Excel lays it out. */
export function workbookOf({ sheets, texts = [], styles = [], epoch1904 = false }: Book): Promise<Buffer<ArrayBuffer>> {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}"><workbookPr date1904="${epoch1904 ? 1 : 0}"/><sheets>${names
      .map((n, i) => `<sheet name="${n}" ${n.startsWith('hidden:') ? 'state="hidden" ' : ''}r:id="rId${i}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, i) => `<Relationship Id="rId${i}" Type="${RELATIONS}/worksheet" Target="worksheets/s${i}.xml"/>`)
      .join('')}<Relationship Id="t" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>
<Relationship Id="y" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((t) => `<si>${t}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet><numFmts>${styles.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code}"/>`).join('')}</numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`,
  };
  for (const [i, rows] of Object.values(sheets).entries()) {
    parts[`xl/worksheets/s${i}.xml`] = `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;
  }
  return zipOf(parts);
}

/** What a zip archive holds, as text by name, in its order. */
export async function zipTexts(archive: Buffer): Promise<Record<string, string>> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  const texts: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    texts[entry.fileName] = (await buffer(await zip.openReadStreamPromise(entry))).toString();
  }
  return texts;
}
