import { Role, Roles } from './roles';
import { SERVICE_LINKED_ROLE_NAMES } from './service-linked-role-names';

/** The service-linked roles among all roles: made by a caller, or by a service itself. */
export class ServiceLinkedRoles {
  constructor(private readonly roles: Roles) {}

  nameFor(serviceName: string): string | undefined {
    return Object.hasOwn(SERVICE_LINKED_ROLE_NAMES, serviceName) ? SERVICE_LINKED_ROLE_NAMES[serviceName] : undefined;
  }

  exists(accountId: string, serviceName: string): boolean {
    const name = this.nameFor(serviceName);
    return name !== undefined && this.roles.get(accountId, name) !== undefined;
  }

  create(accountId: string, serviceName: string, description: string | undefined, now: Date): Role {
    const roleName = this.nameFor(serviceName);
    if (!roleName) throw new Error(`No service-linked role of ${serviceName} is known`);
    return this.roles.put({
      accountId,
      roleName,
      path: `/aws-service-role/${serviceName}/`,
      description,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: serviceName }, Action: 'sts:AssumeRole' }],
      },
    }, now);
  }

  /** What a service does when it needs its role: nothing if it is there. */
  ensure(accountId: string, serviceName: string, now: Date): void {
    if (!this.exists(accountId, serviceName)) this.create(accountId, serviceName, undefined, now);
  }

  /** The service whose role this is; undefined if it is not a service-linked role. */
  serviceOf(role: Role): string | undefined {
    const [, folder, serviceName] = role.path.split('/');
    return folder === 'aws-service-role' ? serviceName : undefined;
  }
}
