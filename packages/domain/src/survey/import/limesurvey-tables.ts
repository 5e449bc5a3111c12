/** A row of a table, by the names of its columns. */
export type LimeRow = Readonly<Record<string, string>>;

/** A `.lss`: the tables of one survey, as they stood in LimeSurvey's database. */
export interface LimeFile {
  /** What `LimeSurveyDocType` says; `Survey` of a `.lss`. */
  readonly docType: string;
  readonly languages: readonly string[];
  readonly tables: Readonly<Record<string, readonly LimeRow[]>>;
}

export type Texts = Readonly<Record<string, string>>;

export interface LimeGroup {
  readonly gid: string;
  readonly name: Texts;
  readonly text: Texts;
  readonly relevance: string;
  readonly random: string;
  readonly questions: readonly LimeQuestion[];
}

export interface LimeAnswer {
  readonly code: string;
  readonly text: Texts;
  readonly scale: string;
  readonly points: string;
}

export interface LimeQuestion {
  readonly qid: string;
  /** What conditions and texts call it in the first versions: survey, group and question. */
  readonly sgqa: string;
  readonly type: string;
  readonly code: string;
  readonly text: Texts;
  readonly help: Texts;
  readonly other: boolean;
  readonly mandatory: string;
  readonly relevance: string;
  readonly preg: string;
  readonly scale: string;
  readonly parts: readonly LimeQuestion[];
  readonly answers: readonly LimeAnswer[];
  /** An attribute in a language, or of none. */
  readonly attribute: (name: string) => string;
  readonly attributeTexts: (name: string) => Texts;
}

/** Groups with their questions in order, whichever way the version of the file keeps texts: beside its tables or in them. */
export function groupsOf({ tables }: LimeFile): LimeGroup[] {
  const rows = (name: string): readonly LimeRow[] => tables[name] ?? [];
  const questionTexts = gathered(rows('question_l10ns'), 'qid');
  const groupTexts = gathered(rows('group_l10ns'), 'gid');
  const answerTexts = gathered(rows('answer_l10ns'), 'aid');
  const attributes = grouped(rows('question_attributes'), (row) => row['qid'] ?? '');
  const answers = grouped(rows('answers'), (row) => row['qid'] ?? '');
  const all = [...rows('questions'), ...rows('subquestions')];
  const children = grouped(
    all.filter((row) => !isTop(row)),
    (row) => row['parent_qid'] ?? '',
  );

  /** Parts of parts there are none: whatever a file says, nothing goes round in it. */
  const questionOf = (same: readonly LimeRow[], isPart: boolean): LimeQuestion => {
    const [row = {}] = same;
    const qid = row['qid'] ?? '';
    const texts = questionTexts.get(qid) ?? same;
    const own = attributes.get(qid) ?? [];
    const of = (name: string): Texts =>
      textsOf(
        own.filter((one) => one['attribute'] === name),
        'value',
      );
    const listed = [
      ...grouped(
        answers.get(qid) ?? [],
        (one) => one['aid'] ?? `${one['scale_id'] ?? ''} ${one['code'] ?? ''}`,
      ).values(),
    ];
    return {
      qid,
      sgqa: `${row['sid'] ?? ''}X${row['gid'] ?? ''}X${qid}`,
      type: row['type'] ?? '',
      code: row['title'] ?? '',
      text: textsOf(texts, 'question'),
      help: textsOf(texts, 'help'),
      other: row['other'] === 'Y',
      mandatory: row['mandatory'] ?? '',
      relevance: row['relevance'] ?? '',
      preg: row['preg'] ?? '',
      scale: row['scale_id'] ?? '0',
      parts: isPart
        ? []
        : inOrder([...grouped(children.get(qid) ?? [], (one) => one['qid'] ?? '').values()], 'question_order').map(
            (part) => questionOf(part, true),
          ),
      answers: inOrder(listed, 'sortorder').map((each) => {
        const [first = {}] = each;
        return {
          code: first['code'] ?? '',
          text: textsOf(answerTexts.get(first['aid'] ?? '') ?? each, 'answer'),
          scale: first['scale_id'] ?? '0',
          points: first['assessment_value'] ?? '0',
        };
      }),
      attribute: (name) => Object.values(of(name)).find((value) => value !== '') ?? '',
      attributeTexts: of,
    };
  };

  const byGroup = grouped(all.filter(isTop), (row) => row['gid'] ?? '');
  return inOrder([...grouped(rows('groups'), (row) => row['gid'] ?? '').values()], 'group_order').map((same) => {
    const [row = {}] = same;
    const gid = row['gid'] ?? '';
    const texts = groupTexts.get(gid) ?? same;
    return {
      gid,
      name: textsOf(texts, 'group_name'),
      text: textsOf(texts, 'description'),
      relevance: row['grelevance'] ?? '',
      random: row['randomization_group'] ?? '',
      questions: inOrder(
        [...grouped(byGroup.get(gid) ?? [], (one) => one['qid'] ?? '').values()],
        'question_order',
      ).map((question) => questionOf(question, false)),
    };
  });
}

function isTop(row: LimeRow): boolean {
  return (row['parent_qid'] ?? '0') === '0' || row['parent_qid'] === '';
}

/** Texts of rows by their language. */
export function textsOf(rows: readonly LimeRow[], column: string, language = 'language'): Texts {
  return Object.fromEntries(rows.map((row) => [row[language] ?? '', row[column] ?? '']));
}

/** Rows beside a table, by what they belong to; those of none are none. */
function gathered(rows: readonly LimeRow[], key: string): ReadonlyMap<string, readonly LimeRow[]> {
  return grouped(rows, (row) => row[key] ?? '');
}

export function grouped(
  rows: readonly LimeRow[],
  key: (row: LimeRow) => string,
): ReadonlyMap<string, readonly LimeRow[]> {
  const found = new Map<string, LimeRow[]>();
  for (const row of rows) {
    const list = found.get(key(row));
    if (list === undefined) found.set(key(row), [row]);
    else list.push(row);
  }
  return found;
}

function inOrder(list: readonly (readonly LimeRow[])[], column: string): (readonly LimeRow[])[] {
  const at = ([row]: readonly LimeRow[]): number => Number(row?.[column] ?? 0) || 0;
  return list.toSorted((a, b) => at(a) - at(b));
}
