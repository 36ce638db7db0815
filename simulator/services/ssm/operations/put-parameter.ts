import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { requestTagContext } from '../../tags';
import { accessTo } from '../access';
import { ParameterRequest, ParameterStore } from '../parameter-store';
import { placeOf } from '../place';

export class PutParameter implements Operation<ParameterRequest> {
  constructor(private readonly store: ParameterStore) {}

  requiredAccess({ Name: name, Overwrite, Tags = [] }: ParameterRequest, context: CallContext): RequiredAccess[] {
    const access = accessTo(this.store, { ...placeOf(context), name }, { 'ssm:Overwrite': String(Overwrite ?? false), ...requestTagContext(Tags) });
    // Tags need a permission of their own: https://github.com/pepperize/cdk-ssm-parameters-cross-region/issues/442
    return Tags.length > 0 ? [access, { ...access, action: 'ssm:AddTagsToResource' }] : [access];
  }

  perform(input: ParameterRequest, context: CallContext) {
    const { version, tier } = this.store.put(placeOf(context), input);
    return { Version: version, Tier: tier };
  }
}
