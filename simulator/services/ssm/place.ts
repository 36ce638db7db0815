import { ParameterPlace } from './parameter-names';
import { CallContext } from '../../wire/service';

/** Where the caller's parameters are. */
export function placeOf({ caller, region }: CallContext): ParameterPlace {
  return { accountId: caller.accountId, region };
}
