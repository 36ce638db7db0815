import type { ServiceLinkedRole } from './service-linked-role';

/** IAM as far as service-linked roles go. */
export interface ServiceLinkedRolesGateway {
  exists(role: ServiceLinkedRole): Promise<boolean>;
  /** Whether the role was created; not if it turns out to be there. */
  create(role: ServiceLinkedRole): Promise<boolean>;
  /** Begins to delete the role, which takes a while, and returns the id of that task. */
  beginDeletion(role: ServiceLinkedRole): Promise<string>;
  readDeletion(taskId: string): Promise<RoleDeletion>;
}

export interface RoleDeletion {
  readonly status: 'NOT_STARTED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  /** Why it failed, and what still uses the role. */
  readonly reason?: string;
}
