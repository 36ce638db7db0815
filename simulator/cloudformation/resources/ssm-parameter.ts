import { isDeepStrictEqual } from 'node:util';
import { textProperty } from './inert-resource';
import { nameSuffix } from './physical-names';
import { CreateRequest, PhysicalResource, ResourceFailure, ResourceProperties, ResourceRequest, ResourceType } from './resource-type';
import { ParameterRequest, ParameterStore, ParameterTier, ParameterType } from '../../services/ssm/parameter-store';
import { Tag } from '../../services/ssm/tags';
import { ServiceError } from '../../wire/service-error';

/** AWS::SSM::Parameter: Systems Manager, template parameters and dynamic references give its value. */
export function ssmParameter(store: ParameterStore): ResourceType {
  return {
    replacementRollback: 'restore',
    attributeNames: ['Type', 'Value'],
    requiredProperties: ['Type', 'Value'],
    create: async (request) => {
      const name = textProperty(request.properties, 'Name') ?? nameOf(request);
      put(store, name, request, { Tags: tagsOf(request.properties) });
      return physical(name, request);
    },
    update: async (request) => {
      const { physicalId: name, stack, properties, oldProperties } = request;
      put(store, name, request, { Overwrite: true });
      if (!isDeepStrictEqual(properties.Tags, oldProperties.Tags)) {
        store.tag(store.find({ ...stack, name })!, new Map(tagsOf(properties).map(({ Key, Value }) => [Key, Value])));
      }
      return physical(name, request);
    },
    delete: async ({ physicalId: name, stack }) => {
      store.remove({ ...stack, name });
    },
    needsReplacement: (before, after) => before.Name !== after.Name,
  };
}

/** As the type's handler names parameters, without the stack: https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm */
function nameOf(request: CreateRequest): string {
  return `CFN-${request.logicalId}-${nameSuffix(request, request.generation)}`;
}

function physical(name: string, { properties }: ResourceRequest): PhysicalResource {
  return { physicalId: name, attributes: { Type: properties.Type, Value: String(properties.Value) } };
}

function put(store: ParameterStore, name: string, { stack, properties }: ResourceRequest, how: Pick<ParameterRequest, 'Overwrite' | 'Tags'>): void {
  // Seen: https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm/pull/60
  if (properties.Type === 'SecureString') {
    throw new ResourceFailure('SSM Parameters of type SecureString cannot be created using CloudFormation', { nothingHappened: true });
  }
  try {
    store.put({ accountId: stack.accountId, region: stack.region }, {
      ...how,
      Name: name,
      Type: textProperty(properties, 'Type') as ParameterType,
      Value: String(properties.Value),
      AllowedPattern: textProperty(properties, 'AllowedPattern'),
      DataType: textProperty(properties, 'DataType'),
      Tier: textProperty(properties, 'Tier') as ParameterTier | undefined,
    });
  } catch (error) {
    // Guess: the words of Systems Manager, without the status and request id that CloudFormation adds.
    if (error instanceof ServiceError) throw new ResourceFailure(error.message, { nothingHappened: true });
    throw error;
  }
}

/** Tags of this type are a map. */
function tagsOf({ Tags }: ResourceProperties): Tag[] {
  return Object.entries((Tags ?? {}) as Readonly<Record<string, unknown>>).map(([Key, value]) => ({ Key, Value: String(value) }));
}
