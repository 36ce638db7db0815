import { Identities } from '../../wire/identities';
import { Roles } from '../iam/roles';

/** All that STS knows. */
export interface StsState {
  readonly roles: Roles;
  readonly identities: Identities;
}
