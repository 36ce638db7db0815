import { Stack } from './stack';
import { Stacks } from './stacks';
import { RefusedOperation } from '../refused-operation';
import { StackOutputRequest } from '../template/intrinsic-functions';
import { StackIdentity } from '../template/pseudo-parameters';
import { TemplateError } from '../template/template-error';
import { ResolvedOutput } from '../template/template-instance';

/** What stacks of one account and Region give each other by name. */
export class Exports {
  /** The names that each stack has imported, by stack id. */
  private readonly imports = new Map<string, Set<string>>();

  constructor(private readonly stacks: Stacks) {}

  importValue(importer: StackIdentity, exportName: string): string {
    const found = this.stacks.in(importer).flatMap(({ outputs }) => outputs).find((output) => output.exportName === exportName);
    if (!found) throw new TemplateError(`No export named ${exportName} found.`);
    const names = this.imports.get(importer.stackId) ?? new Set();
    this.imports.set(importer.stackId, names.add(exportName));
    return found.value;
  }

  /** The output of a stack that does not know of its use: it may change and go. */
  stackOutput(asking: StackIdentity, { StackName, OutputName, Region, RoleArn }: StackOutputRequest): string {
    const place = { region: Region ?? asking.region, accountId: RoleArn?.split(':')[4] ?? asking.accountId };
    const found = this.stacks.find(StackName, place)?.outputs.find(({ name }) => name === OutputName);
    if (!found) throw new TemplateError(`No output named ${OutputName} found in stack ${StackName}.`);
    return found.value;
  }

  /** What a stack imports is known anew once its next template is resolved. */
  forgetImports({ stackId }: StackIdentity): void {
    this.imports.delete(stackId);
  }

  /** Whether the stack may have these outputs from now on. */
  checkChange(stack: Stack, outputs: readonly ResolvedOutput[]): void {
    this.checkNames(stack, outputs);
    const next = new Map(outputs.map(({ exportName, value }) => [exportName, value]));
    for (const { exportName, value } of stack.outputs) {
      if (exportName === undefined || next.get(exportName) === value) continue;
      const importer = this.importerOf(stack, exportName);
      const change = next.has(exportName) ? 'updated' : 'deleted';
      if (importer) throw new RefusedOperation(`Export ${exportName} cannot be ${change} as it is in use by ${importer.identity.stackName}`);
    }
  }

  checkUnused(stack: Stack): void {
    this.checkChange(stack, []);
  }

  private checkNames(stack: Stack, outputs: readonly ResolvedOutput[]): void {
    for (const other of this.stacks.in(stack.identity)) {
      if (other === stack) continue;
      const names = other.outputs.map((output) => output.exportName);
      const taken = outputs.find(({ exportName }) => exportName && names.includes(exportName));
      if (taken) throw new TemplateError(`Export with name ${taken.exportName} is already exported by stack ${other.identity.stackName}.`);
    }
  }

  private importerOf({ identity }: Stack, exportName: string): Stack | undefined {
    return this.stacks.in(identity).find((other) => this.imports.get(other.identity.stackId)?.has(exportName));
  }
}
