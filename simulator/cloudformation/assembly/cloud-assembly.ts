import { Template } from '../template/template';

/** What `cdk synth` writes, as far as it is deployed. */
export interface CloudAssembly {
  /** Each stack comes after the stacks it depends on. */
  readonly stacks: readonly AssemblyStack[];
}

export interface AssemblyStack {
  readonly stackName: string;
  /** Absent in a stack without an environment. */
  readonly accountId?: string;
  /** Absent in a stack without an environment. */
  readonly region?: string;
  readonly template: Template;
  readonly tags: Readonly<Record<string, string>>;
  /** The folders and files that the template refers to, by their object key in the bootstrap bucket. */
  readonly assets: ReadonlyMap<string, FileAsset>;
}

export interface FileAsset {
  readonly path: string;
  readonly packaging: string;
}
