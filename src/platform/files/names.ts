/** Parts of letters, digits, dots, dashes and underscores, none beginning with a dot. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}){0,4}$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Throws where it is none: names are made by us, so that is a defect. */
export function refuseOtherNames(name: string): void {
  if (!isName(name)) throw new Error(`"${name.slice(0, 60)}" is no name for a file of ours.`);
}

/** Whether it names what lies there for a while only: a file that is being unpacked, or the doctor's trial. */
export function isPassing(name: string): boolean {
  return /^(packed\/|probe-)/.test(name);
}
