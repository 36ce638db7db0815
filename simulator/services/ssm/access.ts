import { parameterArn, ParameterSelection } from './parameter-names';
import { ParameterStore } from './parameter-store';
import { Tag } from './tags';
import { ConditionContext } from '../../wire/authorizer';
import { RequiredAccess } from '../../wire/service';

/** What IAM is asked about a parameter, which need not be there. */
export function accessTo(store: ParameterStore, selection: ParameterSelection, more: ConditionContext = {}): RequiredAccess {
  const tags = [...store.find(selection)?.tags ?? []];
  return {
    resourceArns: [parameterArn(selection, selection.name)],
    // Both prefixes: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html#awssystemsmanager-policy-keys
    context: {
      ...Object.fromEntries(tags.flatMap(([key, value]) => [[`aws:ResourceTag/${key}`, value], [`ssm:resourceTag/${key}`, value]])),
      ...more,
    },
  };
}

export function requestTagContext(tags: readonly Tag[]): ConditionContext {
  if (tags.length === 0) return {};
  return {
    'aws:TagKeys': tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  };
}
