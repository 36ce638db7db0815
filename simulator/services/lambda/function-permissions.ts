/** Leave that a function's own policy gives to a service. */
export interface FunctionPermission {
  readonly functionArn: string;
  /** Such as `events.amazonaws.com`. */
  readonly principal: string;
  /** On behalf of what the service may invoke the function. @default - anything */
  readonly sourceArn?: string;
}

/** What the policies of functions permit, in all accounts. */
export class FunctionPermissions {
  private readonly permissions = new Map<string, FunctionPermission>();

  put(id: string, permission: FunctionPermission): void {
    this.permissions.set(id, permission);
  }

  remove(id: string): void {
    this.permissions.delete(id);
  }

  permits(functionArn: string, principal: string, sourceArn: string): boolean {
    return [...this.permissions.values()].some((permission) =>
      permission.functionArn === functionArn && permission.principal === principal && (permission.sourceArn ?? sourceArn) === sourceArn);
  }
}
