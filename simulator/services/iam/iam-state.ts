import { Roles } from './roles';
import { ServiceLinkedRoleDeletions } from './service-linked-role-deletions';
import { ServiceLinkedRoles } from './service-linked-roles';

/** All that IAM knows. */
export interface IamState {
  readonly roles: Roles;
  readonly serviceLinkedRoles: ServiceLinkedRoles;
  readonly deletions: ServiceLinkedRoleDeletions;
}
