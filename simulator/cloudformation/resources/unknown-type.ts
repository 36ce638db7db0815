import { textProperty } from './inert-resource';
import { inventAttribute } from './invented-attributes';
import { generatedName } from './physical-names';
import { CreateRequest, PhysicalResource, ResourceRequest, ResourceType } from './resource-type';

/** Names of most services may be as long. */
const LONGEST_NAME = 63;

/**
 * A type that the simulator does not play: its resources succeed at once. They are called as their properties say or as
 * CloudFormation names resources, and their attributes look like what one would expect of their names.
 */
export const unknownType: ResourceType = {
  replacementRollback: 'restore',
  create: async (request) => physical(nameOf(request), request),
  update: async (request) => physical(request.physicalId, request),
  delete: async () => {},
  needsReplacement: () => false,
};

function physical(physicalId: string, request: ResourceRequest): PhysicalResource {
  return { physicalId, attributes: {}, otherAttribute: (name) => inventAttribute(name, physicalId, request) };
}

function nameOf(request: CreateRequest): string {
  const { properties, type } = request;
  const [, , kind = type] = type.split('::');
  return textProperty(properties, `${kind}Name`) ?? textProperty(properties, 'Name') ?? generatedName(request, LONGEST_NAME);
}
