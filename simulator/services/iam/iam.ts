import { IamState } from './iam-state';
import { CreateServiceLinkedRole } from './operations/create-service-linked-role';
import { DeleteServiceLinkedRole } from './operations/delete-service-linked-role';
import { GetRole } from './operations/get-role';
import { GetServiceLinkedRoleDeletionStatus } from './operations/get-service-linked-role-deletion-status';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/iam.json';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';
import { Reads } from '../reads';

/** AWS Identity and Access Management, as far as service-linked roles and role look-ups go. */
export function iam(state: IamState, reads: Reads): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      CreateServiceLinkedRole: new CreateServiceLinkedRole(state),
      DeleteServiceLinkedRole: new DeleteServiceLinkedRole(state),
      GetRole: new GetRole({ ...state, get roles() { return reads.shown(state.roles); } }),
      GetServiceLinkedRoleDeletionStatus: new GetServiceLinkedRoleDeletionStatus(state),
    },
    // Wording and name as seen in many reports, such as https://github.com/SWO-GS/auto-tag/issues/90
    invalidRequest: (violations) => new ServiceError('ValidationError', coralMessage(violations)),
  };
}
