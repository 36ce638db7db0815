import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { ResourceRequest, ResourceType } from './resource-type';
import { EventPattern } from '../../services/events/event-pattern';
import { EventRules, EventTarget } from '../../services/events/event-rules';

/** EventBridge's limit for a name: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const LONGEST_NAME = 64;

/** AWS::Events::Rule: events can be delivered to its targets. */
export function eventRule(rules: EventRules): ResourceType {
  return inertResource({
    physicalId: (request) => textProperty(request.properties, 'Name') ?? generatedName(request, LONGEST_NAME),
    attributeNames: ['Arn'],
    attributes: (name, request) => ({ Arn: arnOf(name, request) }),
    replacedBy: ['Name', 'EventBusName'],
    onPut: (name, request) => {
      const { stack, properties } = request;
      const waits = properties.State !== 'DISABLED' && (properties.EventBusName ?? 'default') === 'default';
      rules.put({
        ruleArn: arnOf(name, request),
        accountId: stack.accountId,
        region: stack.region,
        pattern: waits ? properties.EventPattern as EventPattern | undefined : undefined,
        targets: (properties.Targets ?? []) as readonly EventTarget[],
      });
    },
    onDelete: (name, request) => rules.remove(arnOf(name, request)),
  });
}

function arnOf(name: string, { stack }: ResourceRequest): string {
  return `arn:${stack.partition}:events:${stack.region}:${stack.accountId}:rule/${name}`;
}
