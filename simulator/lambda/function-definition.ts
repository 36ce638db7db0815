/** A function as a stack defines it. */
export interface FunctionDefinition {
  readonly functionArn: string;
  readonly functionName: string;
  readonly accountId: string;
  readonly region: string;
  readonly roleArn: string;
  readonly runtime: string;
  /** `file.exportedName` within the code. */
  readonly handler: string;
  readonly code: FunctionCode;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memorySizeInMegabytes: number;
  readonly logGroupName: string;
  /** @default false */
  readonly isInVpc?: boolean;
}

export type FunctionCode =
  | { readonly directory: string }
  /** The source of the one file `index.js`, as in a template's `ZipFile`. */
  | { readonly inlineSource: string }
  /** Why the simulator cannot run it. */
  | { readonly unplayable: string };
