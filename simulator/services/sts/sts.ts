import { AssumeRole } from './operations/assume-role';
import { GetCallerIdentity } from './operations/get-caller-identity';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/sts.json';
import { Identities } from '../../wire/identities';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';
import { Roles } from '../iam/roles';

export interface StsState {
  readonly roles: Roles;
  readonly identities: Identities;
}

/** AWS Security Token Service. */
export function sts(state: StsState): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      AssumeRole: new AssumeRole(state),
      GetCallerIdentity: new GetCallerIdentity(),
    },
    invalidRequest: (violations) => new ServiceError('ValidationError', coralMessage(violations)),
  };
}
