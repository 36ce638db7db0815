import { AssumeRole } from './operations/assume-role';
import { GetCallerIdentity } from './operations/get-caller-identity';
import { StsState } from './sts-state';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/sts.json';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

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
