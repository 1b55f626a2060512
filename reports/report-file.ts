/** A file of a report; the name has no folder and is safe on any file system. */
export interface ReportFile {
  readonly name: string;
  readonly content: string;
}

/** A name from outside as a part of a file's name, without characters that could mean a folder or a flag. */
export const fileNamePart = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9_.-]+/g, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, 60) || '_';
