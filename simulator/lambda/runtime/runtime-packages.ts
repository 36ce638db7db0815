export interface PackageResolution {
  /** Node.js's own `Module`, with the function through which `require` finds files. */
  readonly module: { _resolveFilename: ResolveFilename };
  readonly isBuiltin: (request: string) => boolean;
  readonly codeFolder: string;
  /** Where this machine has the packages that Lambda's runtimes bring along. */
  readonly packageFolders: readonly string[];
  readonly onMissing: (packageName: string) => void;
}

type ResolveFilename = (request: string, parent: { readonly filename?: string | null } | undefined, isMain: boolean, options?: object) => string;

/**
 * Gives functions the AWS SDK, as Lambda's Node.js runtimes do, and no other package that is not in their code.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 *
 * Written into the bootstrap of a function's process as text: it refers to nothing but its parameter and globals.
 */
export function installRuntimePackages({ module, isBuiltin, codeFolder, packageFolders, onMissing }: PackageResolution): void {
  const resolveFilename = module._resolveFilename;

  function isInCode(file: string): boolean {
    return file.startsWith(codeFolder);
  }

  function notFound(request: string, advice = ''): Error {
    return Object.assign(new Error(`Cannot find module '${request}'${advice}`), { code: 'MODULE_NOT_FOUND' });
  }

  function fromRuntime(request: string, parent: Parameters<ResolveFilename>[1], isMain: boolean): string {
    try {
      return resolveFilename.call(module, request, parent, isMain, { paths: packageFolders });
    } catch {
      const packageName = request.split('/').slice(0, 2).join('/');
      onMissing(packageName);
      throw notFound(request, `. Lambda has it; for the simulator, install it: npm install --save-dev ${packageName}`);
    }
  }

  module._resolveFilename = (request, parent, isMain, options) => {
    const isPackage = !/^[./]/.test(request) && !isBuiltin(request);
    const isAskedByCode = typeof parent?.filename === 'string' && isInCode(parent.filename);
    if (!isPackage || !isAskedByCode) return resolveFilename.call(module, request, parent, isMain, options);
    let found: string | undefined;
    try {
      found = resolveFilename.call(module, request, parent, isMain, options);
    } catch {
      found = undefined;
    }
    if (found !== undefined && isInCode(found)) return found;
    if (/^@(aws-sdk|aws-crypto|smithy)\//.test(request)) return fromRuntime(request, parent, isMain);
    // Folders above the code, which Node.js looks into as well, are not there in AWS.
    throw notFound(request);
  };
}
