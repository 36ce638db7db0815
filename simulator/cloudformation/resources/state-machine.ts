import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { ResourceFailure, ResourceProperties, ResourceRequest, ResourceType } from './resource-type';
import { StateMachineDefinition } from '../../services/states/language/definition';
import { parseDefinition } from '../../services/states/language/parse-definition';
import { UnplayableDefinition } from '../../services/states/language/unplayable-definition';
import { StateMachines } from '../../services/states/state-machines';

/** Step Functions' limit for a name: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const LONGEST_NAME = 80;

/** AWS::StepFunctions::StateMachine: Step Functions can start it. */
export function stateMachine(stateMachines: StateMachines): ResourceType {
  return inertResource({
    physicalId: (request) => arnOf(textProperty(request.properties, 'StateMachineName') ?? generatedName(request, LONGEST_NAME), request),
    attributeNames: ['Arn', 'Name', 'StateMachineRevisionId'],
    requiredProperties: ['RoleArn'],
    attributes: (arn) => ({ Arn: arn, Name: arn.slice(arn.lastIndexOf(':') + 1), StateMachineRevisionId: 'INITIAL' }),
    replacedBy: ['StateMachineName', 'StateMachineType'],
    onPut: (stateMachineArn, { properties }) => stateMachines.put({
      stateMachineArn,
      roleArn: String(properties.RoleArn),
      definition: playable(definitionOf(properties)),
    }),
    onDelete: (arn) => stateMachines.remove(arn),
  });
}

function arnOf(name: string, { stack }: ResourceRequest): string {
  return `arn:${stack.partition}:states:${stack.region}:${stack.accountId}:stateMachine:${name}`;
}

/** Refused when the state machine is made, as by Step Functions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
function playable(definition: string): StateMachineDefinition {
  try {
    return parseDefinition(definition);
  } catch (error) {
    throw error instanceof UnplayableDefinition ? new ResourceFailure(`Invalid State Machine Definition: '${error.message}'`) : error;
  }
}

function definitionOf({ Definition, DefinitionString, DefinitionSubstitutions }: ResourceProperties): string {
  if (Definition !== undefined) return JSON.stringify(Definition);
  if (DefinitionString === undefined) {
    throw new ResourceFailure('The simulator takes the definition of a state machine from Definition or DefinitionString only.');
  }
  const substitutions = Object.entries((DefinitionSubstitutions ?? {}) as Readonly<Record<string, unknown>>);
  return substitutions.reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, String(value)), String(DefinitionString));
}
