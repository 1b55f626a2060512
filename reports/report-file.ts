/** A file of a report; the name has no folder and is safe on any file system. */
export interface ReportFile {
  readonly name: string;
  /** Text, or the bytes of a picture. */
  readonly content: string | Uint8Array;
}

export interface TextFile extends ReportFile {
  readonly content: string;
}

/** A name from outside as a part of a file's name: what could mean a folder, a flag or nothing is replaced. */
export const fileNamePart = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, 60) || '_';
