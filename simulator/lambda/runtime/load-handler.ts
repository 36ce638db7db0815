import type { existsSync } from 'node:fs';
import type { join } from 'node:path';

export interface HandlerLoading {
  readonly requireFile: (file: string) => unknown;
  readonly importFile: (file: string) => Promise<unknown>;
  readonly existsSync: typeof existsSync;
  readonly join: typeof join;
}

/**
 * Finds what `Handler` names, as Lambda does: `folder/file.exportedName` in the function's code.
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export async function loadHandler(loading: HandlerLoading): Promise<unknown> {
  /** CommonJS as such: to import it Node.js reads all of it twice. */
  async function load(moduleFile: string): Promise<unknown> {
    try {
      return loading.requireFile(moduleFile);
    } catch (error) {
      if (!/^ERR_REQUIRE_(ESM|ASYNC_MODULE)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
      return loading.importFile(moduleFile);
    }
  }

  const handler = process.env._HANDLER!;
  const dot = handler.lastIndexOf('.');
  const moduleName = handler.slice(0, dot);
  const exportedName = handler.slice(dot + 1);
  const candidates = ['.js', '.cjs', '.mjs'].map((extension) => loading.join(process.env.LAMBDA_TASK_ROOT!, moduleName + extension));
  const file = candidates.find((candidate) => loading.existsSync(candidate));
  if (!file) throw Object.assign(new Error(`Cannot find module '${moduleName}'`), { name: 'Runtime.ImportModuleError' });
  const exported = await load(file) as Record<string, unknown>;
  const found = exported[exportedName];
  if (typeof found !== 'function') {
    throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  }
  return found;
}
