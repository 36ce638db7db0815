import { readFileSync } from 'node:fs';

/** Throws an error of one line that names the file, if it cannot be read or is no JSON. */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Node quotes the file's own lines in what it says of JSON.
    throw new Error(`${file} cannot be read: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
}
