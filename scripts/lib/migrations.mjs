// What `npm run migrations` decides, apart from what it reads and writes.

/** The number and name of a migration's file: `0002_sign_in.sql`. */
const FILE = /^(\d{4})_([a-z][a-z0-9_]*)\.sql$/;

/** What is wrong with the names of the migrations, each in a line: they count up from 0001 without a gap or a number used twice. */
export function wrongNumbers(files) {
  const wrong = [];
  const byNumber = new Map();
  for (const file of files.toSorted()) {
    const number = FILE.exec(file)?.[1];
    if (number === undefined) wrong.push(`${file} is not named like 0002_sign_in.sql`);
    else if (byNumber.has(number)) {
      wrong.push(
        `${byNumber.get(number)} and ${file} have the same number: give the one that came later the next free one`,
      );
    } else byNumber.set(number, file);
  }
  const numbers = [...byNumber.keys()];
  const gap = numbers.findIndex((number, i) => Number(number) !== i + 1);
  if (gap >= 0) wrong.push(`${byNumber.get(numbers[gap])}: the number before it is missing`);
  return wrong;
}

/** The name of the next migration's file. Throws where `name` cannot be part of one. */
export function nextFile(files, name) {
  const last = Math.max(0, ...files.map((file) => Number(FILE.exec(file)?.[1] ?? 0)));
  const file = `${String(last + 1).padStart(4, '0')}_${name}.sql`;
  if (!FILE.test(file)) throw new Error(`${name}: a migration's name has small letters, digits and _`);
  return file;
}

/** A schema as drizzle-kit describes it, without the ids that differ each time. */
export function described(schema) {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id' && key !== 'prevId'));
}

/** The schema of before with the tables, sequences and enums of `part` put in place of its own: all else stays. */
export function replaced(before, part) {
  const names = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'];
  return { ...before, ...Object.fromEntries(names.map((n) => [n, { ...before[n], ...part[n] }])) };
}

/** One text for the same value, whatever the order of its keys. */
export function stable(value) {
  const sorted = (_, v) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v;
  return `${JSON.stringify(value, sorted, 1)}\n`;
}
