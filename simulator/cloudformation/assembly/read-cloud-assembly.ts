import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyStack, CloudAssembly, FileAsset } from './cloud-assembly';
import { readJsonFile } from '../../read-json-file';
import { checkTemplateForm } from '../template/check-template-form';
import { Template } from '../template/template';
import { TemplateError } from '../template/template-error';

interface Manifest {
  readonly version: string;
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, {
    readonly source: { readonly path?: string; readonly packaging?: string };
    readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
  }>>;
}

const STACK = 'aws:cloudformation:stack';
const ASSET_MANIFEST = 'cdk:asset-manifest';
const NESTED_ASSEMBLY = 'cdk:cloud-assembly';

/**
 * The newest major version of the assembly's schema that is known to be read rightly, that of @aws-cdk/cloud-assembly-schema 55.6.0. A new
 * major version is one that older readers may misunderstand.
 */
const NEWEST_SCHEMA = 55;

/**
 * Reads a cloud assembly (`cdk.out`), those of stages within it as well.
 * The format: https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function readCloudAssembly(directory: string): CloudAssembly {
  const artifacts = artifactsOf(directory);
  const stacks = inDependencyOrder(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === STACK) return [readStack(directory, id, artifact, artifacts)];
    if (artifact.type === NESTED_ASSEMBLY) return readCloudAssembly(join(directory, artifact.properties!.directoryName!)).stacks;
    return [];
  });
  return { stacks };
}

function artifactsOf(directory: string): ReadonlyMap<string, Artifact> {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) {
    throw new Error(`${directory} is not a cloud assembly: it has no manifest.json. Run \`cdk synth\` first and name its output folder, usually cdk.out.`);
  }
  const { version, artifacts } = readObject<Manifest>(file);
  if (parseInt(version, 10) > NEWEST_SCHEMA) {
    throw new Error(`${directory} has version ${version} of the cloud assembly schema, and this version of cdk-managed-entitlements reads those up to ${NEWEST_SCHEMA}. Update it.`);
  }
  return new Map(Object.entries(artifacts ?? {}));
}

function readStack(directory: string, id: string, artifact: Artifact, artifacts: ReadonlyMap<string, Artifact>): AssemblyStack {
  const { stackName, templateFile, tags } = artifact.properties ?? {};
  if (templateFile === undefined || artifact.environment === undefined) {
    throw new Error(`${join(directory, 'manifest.json')} is not valid: the stack ${id} has no ${templateFile === undefined ? 'templateFile' : 'environment'}`);
  }
  const [accountId, region] = artifact.environment.replace('aws://', '').split('/');
  return {
    stackName: stackName ?? id,
    accountId: accountId === 'unknown-account' ? undefined : accountId,
    region: region === 'unknown-region' ? undefined : region,
    template: readTemplate(join(directory, templateFile)),
    tags: tags ?? {},
    assets: assetsOf(directory, artifact, artifacts),
  };
}

function assetsOf(directory: string, stack: Artifact, artifacts: ReadonlyMap<string, Artifact>): ReadonlyMap<string, FileAsset> {
  const assets = new Map<string, FileAsset>();
  for (const id of stack.dependencies ?? []) {
    const artifact = artifacts.get(id);
    if (artifact?.type !== ASSET_MANIFEST) continue;
    for (const { source, destinations } of Object.values(readObject<AssetManifest>(join(directory, artifact.properties!.file!)).files ?? {})) {
      if (!source.path) continue;
      const asset = { path: resolve(directory, source.path), packaging: source.packaging ?? 'file' };
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, asset);
    }
  }
  return assets;
}

function inDependencyOrder(artifacts: ReadonlyMap<string, Artifact>): [string, Artifact][] {
  const ordered = new Map<string, Artifact>();
  const visit = (id: string) => {
    const artifact = artifacts.get(id);
    if (!artifact || ordered.has(id)) return;
    for (const dependency of artifact.dependencies ?? []) visit(dependency);
    ordered.set(id, artifact);
  };
  for (const id of artifacts.keys()) visit(id);
  return [...ordered];
}

function readTemplate(file: string): Template {
  const template = readObject<Template>(file);
  try {
    checkTemplateForm(template);
  } catch (error) {
    throw error instanceof TemplateError ? new TemplateError(`${file}: ${error.message}`) : error;
  }
  return template;
}

function readObject<T extends object>(file: string): T {
  const value = readJsonFile(file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${file} is not valid: it holds no JSON object`);
  return value as T;
}
