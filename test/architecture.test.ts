import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '..');

interface Import {
  readonly from: string;
  /** A file of the project without its ending, or the name of a package. */
  readonly target: string;
  readonly typesOnly: boolean;
}

describe('imports point one way', () => {
  const everywhere = ['lib', 'lambda', 'simulator', 'bin', 'examples', 'scripts'].flatMap(importsBelow);
  const importsOf = (folder: string) => everywhere.filter(({ from }) => from.startsWith(folder));

  test('the domain imports nothing but itself and the types of the contract', () => {
    const foreign = importsOf('lambda/domain/').filter(({ target, typesOnly }) =>
      !target.startsWith('lambda/domain/') && !(typesOnly && isContract(target)));
    expect(foreign).toEqual([]);
  });

  test('gateways and the custom-resource protocol stand on the domain, and on nothing else of ours', () => {
    const foreign = [...importsOf('lambda/aws/'), ...importsOf('lambda/cloudformation/')].filter(({ from, target, typesOnly }) =>
      isOurs(target) && !target.startsWith('lambda/domain/') && !target.startsWith(layer(from)) && !(typesOnly && isContract(target)));
    expect(foreign).toEqual([]);
  });

  test('handlers and constructs share types only', () => {
    expect(importsOf('lambda/').filter(({ target, typesOnly }) => target.startsWith('lib/') && !(typesOnly && isContract(target)))).toEqual([]);
    expect(importsOf('lib/').filter(({ target }) => target.startsWith('lambda/'))).toEqual([]);
  });

  test('what users deploy knows nothing of the simulator', () => {
    expect([...importsOf('lib/'), ...importsOf('lambda/')].filter(({ target }) => target.startsWith('simulator/'))).toEqual([]);
  });

  test('the simulator knows nothing of what it plays', () => {
    expect(importsOf('simulator/').filter(({ target }) => /^(lib|lambda|bin|examples|scripts)\//.test(target))).toEqual([]);
  });

  test('constructs need nothing but their peers', () => {
    const packages = importsOf('lib/').map(({ target }) => target).filter((target) => !isOurs(target) && !target.startsWith('node:'));
    expect(packages.filter((name) => !/^(aws-cdk-lib|constructs)(\/|$)/.test(name))).toEqual([]);
  });

  test('examples see the package as its users do', () => {
    expect(importsOf('examples/').filter(({ target }) => /^(lib|lambda|simulator|bin|scripts)\//.test(target))).toEqual([]);
  });
});

function importsBelow(folder: string): Import[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf-8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => importsIn(join(folder, file)));
}

function importsIn(file: string): Import[] {
  const source = readFileSync(join(PROJECT, file), 'utf-8');
  const statements = source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  return [...statements].map(([, type, specifier]) => ({ from: file, target: targetOf(file, specifier), typesOnly: type !== undefined }));
}

function targetOf(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(PROJECT, resolve(PROJECT, dirname(file), specifier));
}

function isOurs(target: string): boolean {
  return existsSync(join(PROJECT, `${target}.ts`)) || existsSync(join(PROJECT, target, 'index.ts')) || existsSync(join(PROJECT, target));
}

function isContract(target: string): boolean {
  return /^lib\/[^/]+\/[^/]+-properties$/.test(target);
}

/** lambda/aws/ for everything below it. */
function layer(file: string): string {
  return `${file.split('/').slice(0, 2).join('/')}/`;
}
