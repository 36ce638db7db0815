import type { ServiceLinkedRole } from './service-linked-role';
import type { ServiceLinkedRolesGateway } from './service-linked-roles-gateway';

/** Creates those of the roles that are not there. */
export async function createMissingRoles(roles: readonly ServiceLinkedRole[], gateway: ServiceLinkedRolesGateway): Promise<void> {
  for (const role of roles) {
    if (!await gateway.exists(role)) {
      await gateway.create(role);
    }
  }
}
