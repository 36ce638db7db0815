import { parameterArn, ParameterSelection } from './parameter-names';
import { ParameterStore } from './parameter-store';
import { ConditionContext } from '../../wire/authorizer';
import { RequiredAccess } from '../../wire/service';
import { resourceTagContext } from '../tags';

/** What IAM is asked about a parameter, which need not be there. */
export function accessTo(store: ParameterStore, selection: ParameterSelection, more: ConditionContext = {}): RequiredAccess {
  const tags = store.find(selection)?.tags;
  return {
    resourceArns: [parameterArn(selection, selection.name)],
    // Both prefixes: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html#awssystemsmanager-policy-keys
    context: {
      ...resourceTagContext(tags),
      ...Object.fromEntries([...tags ?? []].map(([key, value]) => [`ssm:resourceTag/${key}`, value])),
      ...more,
    },
  };
}
