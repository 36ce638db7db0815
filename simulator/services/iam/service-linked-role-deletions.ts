import { Role, Roles } from './roles';
import { Clock } from '../../clock/clock';

export interface DeletionTask {
  readonly id: string;
  readonly role: Role;
  readonly status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly failure?: RoleUsage;
}

/** Why a service still needs its role. */
export interface RoleUsage {
  readonly reason: string;
  readonly region: string;
  readonly resourceArn: string;
}

/** Asks the role's service whether it still needs the role. */
export type RoleUsageCheck = (role: Role) => RoleUsage | undefined;

/** Deletions of service-linked roles, which run in the background; the role's service has the last word, at the end. */
export class ServiceLinkedRoleDeletions {
  private readonly tasks = new Map<string, DeletionTask>();

  constructor(
    private readonly roles: Roles,
    private readonly clock: Clock,
    private readonly durationMilliseconds: number,
    private readonly usageOf: RoleUsageCheck,
  ) {}

  /** A second request while one is running answers with the running task. */
  start(role: Role): string {
    const running = [...this.tasks.values()].find((task) => task.role.arn === role.arn && task.status === 'IN_PROGRESS');
    if (running) return running.id;
    // The form of the id is that of the API reference of DeleteServiceLinkedRole; the last part counts tasks.
    const id = `task${role.path}${role.roleName}/00000000-0000-4000-8000-${(this.tasks.size + 1).toString(16).padStart(12, '0')}`;
    this.tasks.set(id, { id, role, status: 'IN_PROGRESS' });
    this.clock.schedule(this.durationMilliseconds, () => this.finish(id, role));
    return id;
  }

  find(accountId: string, taskId: string): DeletionTask | undefined {
    const task = this.tasks.get(taskId);
    return task?.role.accountId === accountId ? task : undefined;
  }

  private finish(id: string, role: Role): void {
    const failure = this.usageOf(role);
    if (!failure) this.roles.remove(role.accountId, role.roleName);
    this.tasks.set(id, { id, role, status: failure ? 'FAILED' : 'SUCCEEDED', failure });
  }
}
