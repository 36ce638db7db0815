import { dirname, join } from 'node:path';

/** The folders in which Node.js looks for packages on behalf of files in that folder, the nearest first. */
export function packageFoldersOf(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, 'node_modules'), ...parent === folder ? [] : packageFoldersOf(parent)];
}
