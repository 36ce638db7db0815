import { FileAsset } from './cloud-assembly';

/** The files that templates refer to, for each stack those of all its deployments: a rollback may need old ones. */
export class StackAssets {
  private readonly assets = new Map<string, ReadonlyMap<string, FileAsset>>();

  add(stackId: string, assets: ReadonlyMap<string, FileAsset>): void {
    this.assets.set(stackId, new Map([...this.assets.get(stackId) ?? [], ...assets]));
  }

  /** Nested stacks have the assets of their parents. */
  share(parentStackId: string, stackId: string): void {
    this.add(stackId, this.assets.get(parentStackId)!);
  }

  find(stackId: string, objectKey: string): FileAsset | undefined {
    return this.assets.get(stackId)?.get(objectKey);
  }
}
